import Crypto
import JSON
import Jobs
import Ledger
import Outbound
import Rules
import Settings

/// An API by which comments are deleted.
protocol CommentAPI: Sendable {
    /// Where it is, without a slash at the end.
    var base: String { get }
    var pace: Pace? { get }
    func deletion(of comment: StoredRecord) -> HTTPRequest
    func judge(_ reply: Reply) -> Outcome
    /// The API's words when it refuses the token; nil if the reply says something else.
    func refusedToken(in reply: Reply) -> String?
    /// How the next attempt settles whether a comment was deleted.
    func doubt(about comment: StoredRecord) -> Doubt
}

/// Which API an action's settings name.
enum CommentAPIs {
    /// - Parameter stored: the stored token; nil for that of the action.
    /// - Returns: nil without a token, or a business id where one is needed.
    static func api(_ settings: ActionSettings, token stored: SecretBytes? = nil) -> (any CommentAPI)? {
        guard let token = stored ?? settings.secret("access_token") else { return nil }
        let (base, timeout) = (base(settings), settings.timeout)
        if isOfGuide(settings) { return GuideCommentAPI(base: base, token: token, timeout: timeout) }
        guard let business = settings.text("business_id") else { return nil }
        return BusinessCommentAPI(base: base, businessID: business, token: token, timeout: timeout)
    }

    /// Where it is.
    static func base(_ settings: ActionSettings) -> String {
        settings.text("base_url")
            ?? (isOfGuide(settings) ? GuideCommentAPI.defaultBase : BusinessCommentAPI.defaultBase)
    }

    /// Whose tokens it takes.
    static func tokens(_ settings: ActionSettings) -> TokenKind {
        isOfGuide(settings) ? .tiktokDevelopers : .tiktokBusiness
    }

    private static func isOfGuide(_ settings: ActionSettings) -> Bool { settings.text("api") == "guide" }
}

/// The URL of the comment moderation guide: a bearer token, and HTTP 200 is success. Deleting what is gone changes
/// nothing, so a request without answer is followed by another attempt, which first looks whether the sender has told that
/// the comment is gone. What the URL answers for a comment that is gone is written nowhere, so an attempt sends once.
struct GuideCommentAPI: CommentAPI {
    let base: String
    let pace: Pace? = nil
    private let token: SecretBytes
    private let timeout: Duration

    static let defaultBase = "https://open.tiktokapis.com"

    /// - Parameter timeout: of one request.
    init(base: String, token: SecretBytes, timeout: Duration = .seconds(30)) {
        self.base = base.withoutTrailingSlash
        self.token = token
        self.timeout = timeout
    }

    func deletion(of comment: StoredRecord) -> HTTPRequest {
        let body: JSONValue = ["comment_id": .string(comment.id)]
        return HTTPRequest(
            method: "POST", url: base + "/v2/video/comment/delete/",
            headers: [.init("Authorization", "Bearer " + token.text), .init("Content-Type", "application/json")],
            body: body.serialized(), totalTimeout: timeout)
    }

    func judge(_ reply: Reply) -> Outcome {
        switch reply {
        case .success(let answer):
            let detail = AnswerJudgement.excerpt(answer.text)
            return answer.status == 200
                ? .done(answer: detail)
                : AnswerJudgement.outcome(status: answer.status, header: answer.header, detail: detail)
        case .failure(let failure):
            // The status alone says it.
            return failure.status == 200 ? .done(answer: "200") : AnswerJudgement.outcome(of: reply)
        }
    }

    func refusedToken(in reply: Reply) -> String? {
        guard case .success(let answer) = reply, answer.status == 401 else { return nil }
        return "answered 401: \(AnswerJudgement.excerpt(answer.text))"
    }

    func doubt(about comment: StoredRecord) -> Doubt { .repeatable }
}
