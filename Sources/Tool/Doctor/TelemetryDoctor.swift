import Actions
import Postgres
import Settings
import Transport

/// The collector of `telemetry:`: whether it answers, and what it did last.
struct TelemetryDoctor {
    let settings: Settings

    private static let check = "telemetry"

    /// Asks the collector with a request without spans.
    var collector: [Finding] {
        guard let telemetry = settings.telemetry else { return [] }
        if telemetry.isWithheld { return [ServiceUser.unseen("collector", "the secrets of its headers")] }
        if let reason = telemetry.missing.first {
            return [Finding("collector", .failed, "nothing is sent: \(reason)")]
        }
        let collector = Collector(telemetry, environment: settings.environment)
        let place = collector.destination
        switch collector.judge(HTTPClient.sender(to: place)(collector.probe), of: 0) {
        case .taken: return [Finding("collector", .ok, "\(place) takes spans")]
        case .later(_, let reason):
            return [
                Finding(
                    "collector", .failed, "\(place): \(reason)",
                    advice:
                        "does it run, with a receiver for OTLP over HTTP (port 4318, not gRPC's 4317)? Spans wait for it"
                )
            ]
        case .refused(let reason):
            return [
                Finding(
                    "collector", .failed, "\(place): \(reason)",
                    advice:
                        "compare telemetry.otlp and telemetry.headers with what the collector expects; spans are lost")
            ]
        }
    }

    /// What the batch processor found.
    func findings(_ connection: Connection) throws(PostgresError) -> [Finding] {
        if settings.telemetry == nil { return [] }
        guard let row = try connection.query(DoctorSQL.telemetry).first else {
            return [Finding(Self.check, .warning, "nothing was sent yet", advice: "does the batch processor run?")]
        }
        let troubles = [try row.optionalText("away"), try row.optionalText("refused")].compactMap(\.self)
        if troubles.isEmpty {
            let accepted = try row.optionalText("accepted")
            return [Finding(Self.check, .ok, accepted.map { "spans were sent last at \($0)" } ?? "no span to send yet")]
        }
        return [Finding(Self.check, .warning, "the collector: " + troubles.joined(separator: "; "))]
    }
}
