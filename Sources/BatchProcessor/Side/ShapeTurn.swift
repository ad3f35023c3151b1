import Ledger
import LogLines
import Logging
import Platform
import Settings

/// Reads new events for their shapes, and reports what has changed.
struct ShapeTurn: SideTurn {
    let failure = LoggedEvent.shapesNotLearned

    /// The time of one turn, in nanoseconds.
    private static let time: Int64 = 1_000_000_000

    func run(_ side: SideLoop) throws {
        let end = SystemClock.monotonicNanoseconds() + Self.time
        let drift = Drift(alarm: side.settings.drift.alarm, over: try side.connection())
        for change in try drift.run(until: { side.giveWay() || SystemClock.monotonicNanoseconds() > end }) {
            side.metrics.count(.schemaChanges, "source", change.source, "change", change.change)
            side.logger.report(
                .schemaChanged,
                [
                    "source": "\(change.source)", "type": "\(change.type)", "change": "\(change.change)",
                    "path": "\(change.path)", "before": "\(change.before ?? "-")", "after": "\(change.after ?? "-")",
                    "event_id": "\(change.eventID)",
                ])
        }
    }
}
