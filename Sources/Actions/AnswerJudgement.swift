import JSON
import Jobs
import Outbound
import Webhooks

/// What the answers of HTTP destinations mean where an action knows nothing better.
enum AnswerJudgement {
    /// A request that met with no whole answer.
    static func outcome(of failure: OutboundFailure) -> Outcome {
        let reason = failure.description
        switch (failure.kind, failure.reach) {
        case (.guarded, _), (.invalidRequest, _): return .bury(reason)
        // The destination could not be reached: an outage, and certainly nothing has happened.
        case (_, .notSent): return .retry(counted: false, reason: reason)
        case (_, .mayHaveBeenSent): return .unanswered(reason)
        }
    }

    /// A request that met with no whole answer, by its status where that came.
    static func outcome(of reply: Reply) -> Outcome {
        guard case .failure(let failure) = reply else { return .unanswered("no answer was read") }
        guard let status = failure.status, status >= 300 else { return outcome(of: failure) }
        return outcome(status: status, header: { _ in nil }, detail: failure.message)
    }

    /// A status that is no success.
    ///
    /// - Parameters:
    ///   - header: reads a header field of the answer.
    ///   - detail: what the destination says, in a few words.
    static func outcome(status: Int, header: (String) -> String?, detail: String) -> Outcome {
        let reason = "answered \(status)" + (detail.isEmpty ? "" : ": \(detail)")
        switch status {
        case 429: return .retry(after: RetryAfter.milliseconds(header), counted: false, reason: reason)
        case 502, 503, 504:
            return .retry(after: RetryAfter.milliseconds(header), counted: false, reason: reason)
        case 408, 425, 500...599:
            return .retry(after: RetryAfter.milliseconds(header), counted: true, reason: reason)
        case 300..<400: return .bury("\(reason): redirects are not followed; configure the new URL")
        default: return .bury(reason)
        }
    }

    /// The JSON of an answer of status 2xx. No JSON leaves open what has happened.
    /// - Throws: the end of the attempt. Another token may come, so the job waits for it.
    static func json(_ reply: Reply) throws(Judged) -> JSONValue {
        guard case .success(let response) = reply else { throw Judged(outcome(of: reply)) }
        let answer = try? JSONValue(parsing: response.body)
        guard (200..<300).contains(response.status) else {
            let detail = answer?["message"]?.string ?? answer?["errors"]?.string ?? excerpt(response.text)
            if response.status == 401 { throw Judged(OrderAccess.waiting("answered 401: \(detail)")) }
            throw Judged(outcome(status: response.status, header: response.header, detail: detail))
        }
        guard let answer else { throw Judged(.unanswered("answered \(response.status), but no JSON")) }
        return answer
    }

    /// The next step by the JSON of an answer.
    /// - Parameter next: throws the end of the attempt.
    static func step(_ reply: Reply, _ next: (JSONValue) throws(Judged) -> Step) -> Step {
        do throws(Judged) {
            return try next(json(reply))
        } catch {
            return .ended(error.outcome)
        }
    }

    /// The beginning of an answer, on one line, for `job_attempts` and the log.
    static func excerpt(_ text: String) -> String {
        String(String(text.prefix(120).map { $0.isNewline || $0 == "\t" ? " " : $0 }).trimmed)
    }
}

/// The end of an attempt, where an answer has not what the next step needs.
struct Judged: Error, Hashable {
    let outcome: Outcome

    init(_ outcome: Outcome) { self.outcome = outcome }
}

extension String {
    /// A base URL to which a path can be added.
    var withoutTrailingSlash: String { last == "/" ? String(dropLast()) : self }
}
