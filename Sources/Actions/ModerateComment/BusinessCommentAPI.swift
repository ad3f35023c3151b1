import Crypto
import JSON
import Jobs
import Outbound
import Rules

/// TikTok's API for Business, version 1.3: `/business/comment/delete/` and, to ask, `/business/comment/list/`. Every
/// answer is a 200 whose `code` says what it means, 0 success.
///
/// Source: https://business-api.tiktok.com/portal/docs?id=1762228483080193 (delete) and ?id=1760232109619202 (list)
struct BusinessCommentAPI: CommentAPI {
    let base: String
    let pace: Pace?
    private let businessID: String
    private let token: SecretBytes
    private let timeout: Duration

    static let defaultBase = "https://business-api.tiktok.com"
    private static let path = "/open_api/v1.3/business/comment/"

    /// - Parameters:
    ///   - businessID: the account whose comments they are.
    ///   - timeout: of one request.
    init(base: String, businessID: String, token: SecretBytes, timeout: Duration = .seconds(30)) {
        self.base = base.withoutTrailingSlash
        self.businessID = businessID
        self.token = token
        self.timeout = timeout
        pace = Self.pace(of: Hex.encode(Digest.sha256.hash(token.reveal())))
    }

    /// 40 requests a minute for an account and endpoint.
    static func pace(of account: String) -> Pace { Pace(key: "tiktok_business:" + account, interval: 1500) }

    func deletion(of comment: StoredRecord) -> HTTPRequest {
        // Ids as text: they are above 2^53.
        let body: JSONValue = ["business_id": .string(businessID), "comment_id": .string(comment.id)]
        return request("POST", "delete/", body.serialized())
    }

    func doubt(about comment: StoredRecord) -> Doubt {
        guard let video = comment.fields["video_id"]?.string else { return .report }
        let ids = JSONValue.array([.string(comment.id)]).text
        let query = [("business_id", businessID), ("video_id", video), ("comment_ids", ids)]
            .map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return .ask(Inquiry(request("GET", "list/?" + query, nil)) { Self.find(comment.id, in: $0) })
    }

    private func request(_ method: String, _ path: String, _ body: [UInt8]?) -> HTTPRequest {
        let json = body == nil ? [] : [HTTPRequest.Header("Content-Type", "application/json")]
        return HTTPRequest(
            method: method, url: base + Self.path + path, headers: [.init("Access-Token", token.text)] + json,
            body: body, totalTimeout: timeout, repeatable: method == "GET")
    }

    func judge(_ reply: Reply) -> Outcome {
        guard case .success(let response) = reply else { return AnswerJudgement.outcome(of: reply) }
        guard (200..<300).contains(response.status) else {
            return AnswerJudgement.outcome(
                status: response.status, header: response.header, detail: AnswerJudgement.excerpt(response.text))
        }
        let answer = try? JSONValue(parsing: response.body)
        guard let code = answer?["code"]?.integer else {
            return .unanswered("answered \(response.status) without a code")
        }
        if code == 0 { return .done(answer: answer?["message"]?.string) }
        let reason = Self.reason(code, answer)
        switch code {
        // Too many requests; a token that is missing or was revoked, which a person must fix.
        case 40_100, Self.tokenCodes: return .retry(counted: false, reason: reason)
        case 50_000..<60_000: return .retry(counted: true, reason: reason)
        default: return .bury(reason)
        }
    }

    func refusedToken(in reply: Reply) -> String? {
        guard case .success(let response) = reply else { return nil }
        let answer = try? JSONValue(parsing: response.body)
        if let code = answer?["code"]?.integer {
            return Self.tokenCodes.contains(code) ? Self.reason(code, answer) : nil
        }
        return response.status == 401 ? "answered 401" : nil
    }

    /// A token that is missing, or was revoked or has expired.
    private static let tokenCodes: ClosedRange<Int64> = 40_104...40_105

    private static func reason(_ code: Int64, _ answer: JSONValue?) -> String {
        "code \(code): \(AnswerJudgement.excerpt(answer?["message"]?.string ?? ""))"
    }

    private static func find(_ id: String, in reply: Reply) -> Finding {
        guard case .success(let response) = reply, let answer = try? JSONValue(parsing: response.body) else {
            return .unknown("the list of comments did not come")
        }
        guard answer["code"]?.integer == 0, let comments = answer["data"]?["comments"]?.array else {
            return .unknown("the list of comments was refused: \(answer["message"]?.string ?? "")")
        }
        let isThere = comments.contains { $0["comment_id"]?.identifier == id }
        return isThere ? .didNotHappen : .happened(externalID: nil)
    }
}
