import JSON
public import Webhooks

extension Answer {
    /// The answer to a refused delivery: a status and one word. It tells the sender whether to retry, and nothing about
    /// the expected signature.
    public static func refusing(_ refusal: Refusal) -> Answer {
        switch refusal.kind {
        case .missingSignature, .malformedSignature, .noSecretMatched, .missingTimestamp, .malformedTimestamp,
            .outsideTolerance, .noProviderMatched:
            return .json(401, ["error": "unauthorized"])
        case .repeatedHeader, .truncatedBody: return .json(400, ["error": "bad_request"])
        case .invalidPayload: return .json(400, ["error": "invalid_payload"])
        case .bodyTooLarge: return .json(413, ["error": "payload_too_large"])
        case .tooManyRefusals: return .json(429, ["error": "too_many_requests"], retryAfter: 60)
        case .noUsableSecret, .notRecorded: return .json(503, ["error": "unavailable"], retryAfter: 60)
        case .methodNotAllowed:
            var answer = Answer.json(405, ["error": "method_not_allowed"])
            answer.headers.append(HeaderFields.Field(name: "allow", value: "POST"))
            return answer
        }
    }
}
