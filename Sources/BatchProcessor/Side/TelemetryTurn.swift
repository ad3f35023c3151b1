import Actions
import Ledger
import LogLines
import Logging
import Platform
import Settings
import Transport

/// Sends spans to the collector.
struct TelemetryTurn: SideTurn {
    let settings: TelemetrySettings
    let failure = LoggedEvent.telemetryFailed

    /// The time of one turn, in nanoseconds.
    private static let time: Int64 = 3_000_000_000

    func run(_ side: SideLoop) throws {
        let end = SystemClock.monotonicNanoseconds() + Self.time
        let collector = Collector(settings, environment: side.settings.environment)
        let report = try TelemetryExport(
            collector, over: side.connection(), send: HTTPClient.sender(to: collector.destination)
        ).run(until: { side.giveWay() || SystemClock.monotonicNanoseconds() > end })
        tell(report, side)
    }

    private func tell(_ report: TelemetryExport.Report, _ side: SideLoop) {
        for (end, spans) in [("sent", report.sent), ("refused", report.refused), ("dropped", report.dropped)]
        where spans > 0 { side.metrics.count(.telemetrySpans, by: Int(spans), "end", end) }
        if let reason = report.refusal {
            side.logger.report(.spansRefused, ["spans": "\(report.refused)", "reason": "\(reason)"])
        }
        if let reason = report.away { side.logger.report(.collectorAway, ["reason": "\(reason)"]) }
        if report.isBack { side.logger.report(.collectorBack) }
        if report.dropped > 0 { side.logger.report(.spansDropped, ["spans": "\(report.dropped)"]) }
    }
}

extension Settings {
    /// Where spans are sent, if nothing is missing for it.
    var usableTelemetry: TelemetrySettings? { telemetry.flatMap { $0.missing.isEmpty ? $0 : nil } }
}
