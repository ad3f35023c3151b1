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
            case .refused(let outcome): end(holding.job, outcome, result)
            }
        }
    }

    /// Takes the steps in the database that held jobs wait for, each in a transaction of its own.
    func takeSteps(_ now: Int64) {
        for holding in Array(held.values) {
            guard case .stepping(let step, let result) = holding.stage else { continue }
            guard
                let next = session.attempt(
                    now: now,
                    { (connection) throws(PostgresError) in try take(step, of: holding.job, on: connection) })
            else { return }
            goOn(holding, next, result)
        }
    }

    private func take(
        _ step: (Job, Connection) throws(PostgresError) -> Step, of job: Job, on connection: Connection
    ) throws(PostgresError) -> Step {
        do throws(PostgresError) {
            return try connection.transaction { () throws(PostgresError) in try step(job, connection) }
        } catch {
            if Self.isPassing(error) { throw error }
            return .ended(Self.refusal(error))
        }
    }

    private static func isPassing(_ error: PostgresError) -> Bool {
        error.connectionLost || error.state?.isTransient == true || error.state?.isResource == true
    }

    private static func refusal(_ error: PostgresError) -> Outcome {
        .retry(counted: true, reason: "the database refused the change: \(error)")
    }

    private enum Written {
        case ended(Ending)
        case leaseLost
        case refused(Outcome)
    }

    private func write(
        _ change: (Job, Connection) throws(PostgresError) -> Outcome, _ holding: Held, _ result: Reply?,
        on connection: Connection
    ) throws(PostgresError) -> Written {
        var isLost = false
        do throws(PostgresError) {
            let ending = try connection.transaction { () throws(PostgresError) -> Ending in
                let outcome = try change(holding.job, connection)
                let ending = self.ending(holding, transition(outcome, of: holding.job), result)
                isLost = try Finisher.write([ending], now: Self.now(), on: connection).isEmpty
                // Another claim has the job, and will make the change or has made it.
                if isLost { throw PostgresError(message: "the lease was lost") }
                return ending
            }
            return .ended(ending)
        } catch {
            if isLost { return .leaseLost }
            if Self.isPassing(error) { throw error }
            return .refused(Self.refusal(error))
        }
    }
}
