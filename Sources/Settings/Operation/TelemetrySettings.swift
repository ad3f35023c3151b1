public import Crypto

/// Where spans are sent: `telemetry:`. Without the section none are made.
public struct TelemetrySettings: Sendable {
    /// Which traces are sent, in the words of OpenTelemetry's `OTEL_TRACES_SAMPLER`.
    public enum Sampler: String, Sendable, CaseIterable {
        /// All but those that the sender's own tracing left out.
        case followParent = "parentbased_always_on"
        /// All.
        case all = "always_on"
    }

    /// The URL that takes spans as OTLP/HTTP JSON. Holds no secret.
    public let url: String
    /// Further header fields of each request.
    public let headers: [(name: String, value: SecretBytes)]
    /// `service.name`
    public let service: String
    /// Which traces are sent.
    public let sampler: Sampler
    /// What is older is dropped.
    public let maxAge: Duration
    /// What to do about secrets that are not there; if there are any, nothing is sent.
    public let missing: [String]
    /// Whether this program must not have the secrets.
    public let isWithheld: Bool

    private static let name = "telemetry"
    /// The path of traces (OTLP specification, "OTLP/HTTP Request").
    private static let path = "/v1/traces"

    /// Reads `telemetry:`. A mistake in it keeps no program from starting.
    /// - Returns: nil without the section, or if it has a mistake.
    static func read(_ root: Section, _ secrets: SecretReader) -> TelemetrySettings? {
        let (found, faults) = root.problems.ofOnePart { readPart(root, secrets) }
        return faults.isEmpty ? found : nil
    }

    private static func readPart(_ root: Section, _ secrets: SecretReader) -> TelemetrySettings? {
        guard let section = root.section(name, keys: TelemetryKeys.section.names) else { return nil }
        var missing: [String] = []
        func value(_ key: ActionKind.Key) -> ActionValue? {
            ActionValueReader(secrets: secrets, section: section, key: key, actions: [:], tellers: [], sources: [])
                .read(&missing)
        }
        guard case .text(let base)? = value(TelemetryKeys.otlp) else {
            if !section.has("otlp") { section.problems.error(section.line, "\(name) must have otlp") }
            return nil
        }
        if base.contains(where: { "?#".contains($0) }) {
            section.error("otlp", "must have no query: write secrets into headers")
        }
        let headers = headers(value(TelemetryKeys.headers), section)
        for one in missing { section.problems.warn(section.line, "\(name) sends nothing: \(one)") }
        return TelemetrySettings(
            url: url(base), headers: headers, service: TelemetryKeys.service.value(in: section),
            sampler: TelemetryKeys.sampler.value(in: section), maxAge: TelemetryKeys.maxAge.value(in: section),
            missing: missing, isWithheld: !secrets.reader.hasOutbound)
    }

    /// The base URL with the path of traces, unless it is there.
    private static func url(_ base: String) -> String {
        let base = base.last == "/" ? String(base.dropLast()) : base
        return base.hasSuffix(path) ? base : base + path
    }

    private static func headers(_ value: ActionValue?, _ section: Section) -> [(name: String, value: SecretBytes)] {
        guard case .table(let table)? = value else { return [] }
        return table.sorted { $0.key < $1.key }.compactMap { name, value in
            if name.lowercased() == "content-type" {
                section.error("headers", "must not have \(name): spans are sent as JSON")
            }
            switch value {
            case .text(let text): return (name, SecretBytes(utf8: text))
            case .secret(let secret): return (name, secret)
            default: return nil
            }
        }
    }
}
