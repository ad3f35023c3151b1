import Crypto
import JSON
public import Outbound
public import Settings

/// The collector of `telemetry:`: what is sent to it, and what its answers mean.
public struct Collector: Sendable {
    let settings: TelemetrySettings
    private let traces: OTLPTraces

    /// The collector of those settings.
    public init(_ settings: TelemetrySettings, environment: DeploymentEnvironment) {
        self.settings = settings
        traces = OTLPTraces(service: settings.service, environment: environment.rawValue)
    }

    /// Host and port.
    public var destination: String { HTTPRequest(method: "POST", url: settings.url).destination ?? settings.url }

    /// A request without spans, which a collector answers like any other.
    public var probe: HTTPRequest { request([]) }

    func request(_ spans: [Span]) -> HTTPRequest {
        let fields = settings.headers.map {
            HTTPRequest.Header($0.name, String(decoding: $0.value.reveal(), as: UTF8.self))
        }
        return HTTPRequest(
            method: "POST", url: settings.url, headers: [.init("Content-Type", "application/json")] + fields,
            body: traces.body(spans), totalTimeout: .seconds(10), repeatable: true)
    }

    /// What an answer means.
    public enum Verdict: Sendable, Hashable {
        /// The spans were taken, but for that number of them, for that reason.
        case taken(rejected: Int64, reason: String)
        /// They are to be sent again, not before that time in seconds.
        case later(Int64, reason: String)
        /// They will never be taken.
        case refused(reason: String)
    }

    /// The pause after a failure, where the collector names none, in seconds.
    private static let pause: Int64 = 60
    /// The longest pause that it may name.
    private static let longestPause: Int64 = 3600

    /// OTLP specification, "Full Success", "Partial Success", "Retryable Response Codes", "OTLP/HTTP Throttling".
    /// - Parameter spans: the number that was sent.
    public func judge(_ reply: Reply, of spans: Int) -> Verdict {
        switch reply {
        case .failure(let failure):
            // An answer that cannot be read whole has been given.
            if let status = failure.status, (200..<300).contains(status) { return .taken(rejected: 0, reason: "") }
            return .later(Self.pause, reason: "\(failure.kind.rawValue): \(failure.message)")
        case .success(let answer) where (200..<300).contains(answer.status):
            let partial = (try? JSONValue(parsing: answer.body))?["partialSuccess"]
            let rejected = partial?["rejectedSpans"]?.integer ?? 0
            return .taken(
                rejected: min(Int64(spans), max(0, rejected)), reason: shown(partial?["errorMessage"]?.string ?? ""))
        case .success(let answer):
            let reason = "it answered \(answer.status)" + detail(answer)
            guard [429, 502, 503, 504].contains(answer.status) else { return .refused(reason: reason) }
            let wait = RetryAfter.milliseconds(answer.header).map { ($0 + 999) / 1000 } ?? Self.pause
            return .later(min(Self.longestPause, max(1, wait)), reason: reason)
        }
    }

    private func detail(_ answer: HTTPResponse) -> String {
        let text = (try? JSONValue(parsing: answer.body))?["message"]?.string ?? answer.text
        let shown = shown(text)
        return shown.isEmpty ? "" : ": \(shown)"
    }

    /// The beginning of what it says; nothing of a text that repeats one of our secrets.
    private func shown(_ text: String) -> String {
        let secrets = settings.headers.flatMap { header -> [String] in
            let value = String(decoding: header.value.reveal(), as: UTF8.self)
            return [value] + value.split(separator: " ").map(String.init)
        }
        if secrets.contains(where: { $0.count >= 6 && text.contains($0) }) { return "" }
        return AnswerJudgement.excerpt(text)
    }
}
