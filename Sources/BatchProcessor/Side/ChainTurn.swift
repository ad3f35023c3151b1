import Ledger
import LogLines
import Logging
import Platform
import Settings
import Webhooks

/// Appends the links of new rows of the operator log, if the key exists. The newest link goes to the log, and so out of reach of
/// the database.
struct ChainTurn: SideTurn {
    let failure = LoggedEvent.chainNotSealed

    func run(_ side: SideLoop) throws {
        guard let key = try KeyFile.existing(side.settings.keys.audit) else { return }
        let done = try Chain(key: key).seal(
            at: Timestamp(microseconds: SystemClock.wallMicroseconds()), over: side.connection())
        if let newest = done.newest {
            side.logger.report(.chainSealed, ["links": "\(done.links)", "link": "\(newest.text)"])
        }
        if !done.changed.isEmpty {
            side.logger.report(
                .chainChanged, ["rows": "\(done.changed.map(String.init).joined(separator: " "))"])
        }
    }
}
