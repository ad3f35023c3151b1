import Outbound
import Platform
import Settings
import Transport
import Verification
import Webhooks

/// Forwards events to a developer's server until it has them.
struct Forwarder {
    /// The outcome of one event.
    enum Outcome {
        /// Answered 2xx.
        case delivered(status: Int, time: Duration, tries: Int)
        /// Answered otherwise, so often that it is left.
        case refused(status: Int, tries: Int)
        /// It cannot be signed; why.
        case unsigned(String)
        /// Ctrl-C came first.
        case stopped
    }

    /// Where to, such as `http://localhost:3000`; without a path, each event keeps its own.
    let target: String
    let signer: LocalSigner
    /// How often an event is sent that is answered with an error of its own.
    let attempts: Int
    private let client: HTTPClient

    /// Answers of a proxy whose server is away.
    private static let away: Set<Int> = [429, 502, 503, 504]
    private static let longestWait = Duration.seconds(5)

    /// - Throws: when there can be no client.
    init(target: String, signer: LocalSigner, attempts: Int, caFile: String?) throws(OutboundFailure) {
        self.target = target
        self.signer = signer
        self.attempts = attempts
        client = try OwnServer.client(
            for: HTTPRequest(method: "POST", url: target), userAgent: "hookledger-listen", caFile: caFile)
    }

    /// Where an event goes.
    func url(of event: LiveEvent) -> String {
        let hasPath = (target.firstRange(of: "://").map { target[$0.upperBound...] } ?? target[...]).contains("/")
        let base = hasPath ? target : target + event.path
        return event.query.isEmpty ? base : base + "?" + event.query
    }

    /// Sends it, and retries while there is no answer.
    /// - Parameters:
    ///   - waiting: called with the reason before each wait.
    ///   - shouldStop: polled between attempts.
    func forward(
        _ event: LiveEvent, until shouldStop: () -> Bool, waiting: (String) -> Void
    ) -> Outcome {
        var tries = 0
        var answered = 0
        while !shouldStop() {
            tries += 1
            let began = ContinuousClock.now
            let reason: String
            do {
                let draft = try signer.signed(
                    event, url: url(of: event), now: SystemClock.now)
                let answer = try client.perform(
                    HTTPRequest(
                        method: draft.method, url: draft.url,
                        headers: draft.headers.fields.map { .init($0.name, $0.value) }, body: draft.body,
                        totalTimeout: .seconds(30)))
                if (200..<300).contains(answer.status) {
                    return .delivered(status: answer.status, time: ContinuousClock.now - began, tries: tries)
                }
                if !Self.away.contains(answer.status) { answered += 1 }
                if answered >= attempts { return .refused(status: answer.status, tries: tries) }
                reason = "answers \(answer.status)"
            } catch let error as SigningError {
                return .unsigned(error.description)
            } catch {
                reason = "\(error)"
            }
            waiting(reason)
            Self.pause(min(Self.longestWait, .milliseconds(100 << min(tries - 1, 6))), until: shouldStop)
        }
        return .stopped
    }

    /// Waits, but not beyond the moment when it is to stop.
    static func pause(_ time: Duration, until shouldStop: () -> Bool) {
        let end = ContinuousClock.now + time
        while !shouldStop() {
            let left = (end - ContinuousClock.now).wholeMilliseconds
            guard left > 0 else { return }
            SystemClock.sleep(milliseconds: Int(min(left, 100)))
        }
    }
}
