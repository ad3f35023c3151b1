import JSON
import Ledger
import Postgres
public import Webhooks

/// The reason of a failed request, as a problem document (RFC 9457).
public struct Problem: Error, Sendable {
    /// The HTTP status.
    public let status: Int
    /// A word for programs.
    let code: String
    /// How to fix it.
    let detail: String
    /// The wrong parameter or member.
    var parameter: String?
    /// Header fields beside the content type.
    var headers: [HeaderFields.Field] = []
    /// For the log only.
    public var fault: String?

    init(_ status: Int, _ code: String, _ detail: String, parameter: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.parameter = parameter
    }

    /// 400: this parameter or member is malformed.
    static func invalid(_ parameter: String, _ detail: String) -> Problem {
        Problem(400, "invalid_parameter", "\(parameter) \(detail)", parameter: parameter)
    }

    /// 404: not found.
    static func notFound(_ what: String) -> Problem { Problem(404, "not_found", "\(what) not found") }

    /// An error of Postgres, without its text: 503 when it is away or the query takes too long, else 500.
    init(_ error: PostgresError) {
        if error.state == .queryCanceled {
            self.init(503, "too_slow", "The query took too long; narrow it, for example with since and until")
        } else if error.state == .programLimitExceeded {
            self.init(400, "answer_too_large", "The response would be larger than 16 MiB; use a smaller limit")
            return
        } else if error.state == .otherReplay {
            self.init(
                409, "other_replay",
                "A replay of that name was started with another filter, set or again; repeat that one or choose another name"
            )
            return
        } else if error.connectionLost || error.state?.isResource == true {
            self.init(503, "unavailable", "Postgres does not answer; try again in a moment")
        } else {
            self.init(500, "internal_error", "The request failed; the responder's log says why")
        }
        fault = error.description
        if status == 503 { headers.append(HeaderFields.Field(name: "retry-after", value: "5")) }
    }

    /// What is not found may be in a cell that does not answer.
    /// - Parameter cells: those that the request missed.
    func or(missing cells: [String]) -> Problem {
        guard status == 404, !cells.isEmpty else { return self }
        var problem = Problem(
            503, "cell_missing",
            "It may be in a cell that does not answer (\(cells.joined(separator: ", "))); try again later")
        problem.headers = [HeaderFields.Field(name: "retry-after", value: "30")]
        return problem
    }

    /// The document.
    /// - Parameter isEnveloped: also says `"success": false`, for the routes of the TikTok Shop guide.
    public func answer(isEnveloped: Bool = false) -> Answer {
        var document: JSONValue = [
            "type": "about:blank", "title": .string(Self.titles[status] ?? "Error"),
            "status": .number(JSONNumber(Int64(status))), "detail": .string(detail), "error": .string(code),
        ]
        if case .object(var members) = document {
            members["parameter"] = parameter.map { .string($0) }
            members["success"] = isEnveloped ? false : nil
            document = .object(members)
        }
        let type = HeaderFields.Field(name: "content-type", value: "application/problem+json")
        return Answer(status: status, headers: [type] + headers, body: document.serialized())
    }

    /// The phrases of RFC 9110, section 15.
    private static let titles = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type",
        500: "Internal Server Error", 503: "Service Unavailable",
    ]
}
