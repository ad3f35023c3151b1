import Outbound
import Postgres

extension BatchRun {
    /// Makes the changes of the database that are the effects of held jobs, each in one transaction with its job's end.
    func writeChanges(_ now: Int64) {
        for holding in Array(held.values) {
            guard case .changing(let change, let result) = holding.stage else { continue }
            guard
                let written = session.attempt(
                    now: now,
                    { (connection) throws(PostgresError) in
                        try write(change, holding, result, on: connection)
                    })
            else { return }
            switch written {
            case .ended(let ending):
                held[holding.job.id] = nil
                wakeNext(for: holding.destination)
                settle(ending, wasMoved: true)
            case .leaseLost: drop(holding.job)
            case .refused(let reason): end(holding.job, .retry(counted: true, reason: reason), result)
            }
        }
    }

    private enum Written {
        case ended(Ending)
        case leaseLost
        case refused(String)
    }

    private func write(
        _ change: DatabaseChange, _ holding: Held, _ result: Result<HTTPResponse, OutboundFailure>?,
        on connection: Connection
    ) throws(PostgresError) -> Written {
        var isLost = false
        do throws(PostgresError) {
            let ending = try connection.transaction { () throws(PostgresError) -> Ending in
                let outcome = try change.apply(holding.job, connection)
                let ending = self.ending(holding, transition(outcome, of: holding.job), result)
                isLost = try Finisher.write([ending], now: Self.now(), on: connection).isEmpty
                // Another claim has the job, and will make the change or has made it.
                if isLost { throw PostgresError(message: "the lease was lost") }
                return ending
            }
            return .ended(ending)
        } catch {
            if isLost { return .leaseLost }
            if error.connectionLost || error.state?.isTransient == true || error.state?.isResource == true {
                throw error
            }
            return .refused("the database refused the change: \(error)")
        }
    }
}
