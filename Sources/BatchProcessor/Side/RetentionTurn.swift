import Ledger
import LogLines
import Logging
import Settings

/// Deletes data past its retention about once an hour, and anonymizes what is to be.
struct RetentionTurn: SideTurn {
    let interval: Int64? = 60_000
    let failure = LoggedEvent.retentionNotApplied

    func run(_ side: SideLoop) throws {
        let (settings, logger, connection) = (side.settings, side.logger, try side.connection())
        let clocks = try Clocks.read(on: connection)
        let objection = try Retention.objection(settings.retention, by: clocks, over: connection)
        let isNews = try Retention.hold(objection, over: connection)
        if let objection {
            // After ten minutes an alert says the same.
            if isNews { logger.report(.retentionWaits, ["reason": "\(objection)"]) }
            return
        }
        let anonymized = try Anonymization.applyWhenDue(
            settings.retention, key: PersonIndexTurn.key(side), over: connection, until: side.giveWay)
        if let anonymized, anonymized > 0 { logger.report(.anonymized, ["rows": "\(anonymized)"]) }
        let done = try Retention.applyWhenDue(settings.retention, by: clocks, over: connection, until: side.giveWay)
        guard let done, done != Retention.Report() else { return }
        logger.report(
            .retentionApplied,
            [
                "partitions": "\(done.partitions.joined(separator: " "))", "receipts": "\(done.receipts)",
                "refusals": "\(done.refusals)", "postponed": "\(done.isPostponed)",
            ])
    }
}
