import Jobs
import Ledger
import LogLines
import Logging
import Platform
import Postgres

/// Keeps a run from working on a restored database: asked before its first work, and every few seconds.
struct Gate: Sendable {
    /// This host's file.
    let file: GenerationFile
    let logger: Logger
    /// Raised when the database turns out to be restored, so that the run ends.
    let stop: StopFlag

    /// Reports this host.
    /// - Parameter connection: of the batch processor's role.
    /// - Returns: whether something may run.
    func state(on connection: Connection) throws(PostgresError) -> RestoreHold.State {
        let state = try RestoreHold.advance(
            file, unwritten: { logger.report(.generationNotWritten, ["error": "\($0)"]) }, on: connection)
        if state.reason != nil { stop.raise() }
        return state
    }
}
