import Postgres

/// What actions change in the database.
enum JobChange {
    /// Takes a step in a transaction of its own.
    static func step(
        _ body: (Job, Connection) throws(PostgresError) -> Step, _ job: Job, on connection: Connection
    ) throws(PostgresError) -> Step {
        do throws(PostgresError) {
            return try connection.transaction { () throws(PostgresError) in try body(job, connection) }
        } catch {
            if isPassing(error) { throw error }
            return .ended(refusal(error))
        }
    }

    /// Makes the change and ends the job in one transaction.
    static func commit(
        _ body: (Job, Connection) throws(PostgresError) -> Outcome, _ attempt: Attempt,
        on connection: Connection
    ) throws(PostgresError) -> Commitment {
        var isLost = false
        do throws(PostgresError) {
            let ending = try connection.transaction { () throws(PostgresError) -> Ending in
                let outcome = try body(attempt.job, connection)
                let ending = attempt.ending(attempt.transition(outcome), at: BatchRun.now())
                isLost = try Finisher.write([ending], now: BatchRun.now(), on: connection).isEmpty
                // Another claim has the job, and will make the change or has made it.
                if isLost { throw PostgresError(message: "the lease was lost") }
                return ending
            }
            return .ended(ending)
        } catch {
            if isLost { return .leaseLost }
            if isPassing(error) { throw error }
            return .refused(refusal(error))
        }
    }

    private static func isPassing(_ error: PostgresError) -> Bool {
        error.connectionLost || error.state?.isTransient == true || error.state?.isResource == true
    }

    private static func refusal(_ error: PostgresError) -> Outcome {
        .retry(counted: true, reason: "the database refused the change: \(error)")
    }
}
