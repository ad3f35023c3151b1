import JSON
import Jobs
import Ledger
import Postgres
import Rules
import Settings
import Webhooks

/// Decides about a comment by ``CommentRules`` and keeps the decision on its row, in the transaction that ends the job.
///
/// What is to be deleted is deleted by a job of its own (``CommentDeletion``), made in the same transaction; what a
/// person must decide is in the view `comment_review_queue`. What a person has decided stays.
struct ModerateComment: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "moderate_comment",
        [
            .init(
                "api", .choice(["business", "guide"]), standard: "business",
                "TikTok's API for Business, or the URL of the comment moderation guide."),
            .init(
                "base_url", .url,
                standard: "\(BusinessCommentAPI.defaultBase); \(GuideCommentAPI.defaultBase) with api: guide",
                "The API's address."),
            .init(
                "access_token", .secret,
                standard: "the token that hookledger authorize got for the event's source: tiktok-business, or "
                    + "tiktok-developers with api: guide",
                "The token of the API."),
            .init("business_id", .text, requiredUnless: "api", is: "guide", "The account that owns the comments."),
            .init(
                "spam_phrases", .list, standard: CommentRules.defaultSpamPhrases.joined(separator: ", "),
                "A comment with one of them anywhere in its text is deleted."),
            .init(
                "profanity_words", .list, standard: CommentRules.defaultProfanityWords.joined(separator: ", "),
                "A comment with one of these words is deleted."),
            .init(
                "min_words", .integer(0...100), standard: "\(CommentRules.defaultLeastWords)",
                "A comment with fewer words waits for a person."),
        ]
    ) {
        $0.check = { check in
            let provider = check.text("api") == "guide" ? "tiktok_developers" : "tiktok_business"
            if check.has("access_token") || check.hasApp(of: provider) { return }
            check.demand("access_token", "a secret, or a source of \(provider) with app")
        }
    }
    /// Only the deletion needs the secrets.
    static let decidesWithoutSecrets = true
    let retryPolicy: RetryPolicy
    private let rules: CommentRules
    private let deletion: FollowUp

    init(_ settings: ActionSettings, in all: Settings) {
        self.init(
            name: settings.name, rules: CommentRules(settings), deletion: CommentDeletion.followUp(settings),
            retryPolicy: settings.retry)
    }

    init(
        name: String, rules: CommentRules = CommentRules(), deletion: FollowUp, retryPolicy: RetryPolicy = .standard
    ) {
        self.name = name
        self.rules = rules
        self.deletion = deletion
        self.retryPolicy = retryPolicy
    }

    static func followUps(of settings: ActionSettings, in all: Settings) -> [any Action] {
        guard let access = CommentAccess(settings, in: all) else {
            let reason =
                settings.missing.first
                ?? "it has no access_token, and no source has an app of \(CommentAPIs.tokens(settings).word)"
            return [UnavailableAction(settings, name: CommentDeletion.followUp(settings).action, reason: reason)]
        }
        return [CommentDeletion(of: settings.name, through: access, retryPolicy: settings.retry)]
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let comment = subject.record, comment.kind == .comment else {
            return .ended(.bury("the event is about no comment"))
        }
        let text = (comment.fields["text"]?.string ?? "").storable
        let source = subject.event.source
        let (rules, deletion) = (rules, deletion)
        return .commit { job, connection throws(PostgresError) in
            let forms = try Self.compatible(rules.texts(text), on: connection)
            let (decision, reason) = rules.decide(text, compatible: forms)
            let kept = try CommentModeration.keep(
                decision, reason: reason, by: "rules", source: source, comment: comment.id,
                deletion: deletion, on: connection)
            switch kept {
            case .absent: return .bury("the comment is no longer stored")
            case .decidedBefore(let decision): return .skipped("\(decision) was decided before")
            case .kept: return .done(answer: decision.rawValue)
            }
        }
    }

    /// The texts in Normalization Form KC, which the standard library does not give; Postgres does.
    private static func compatible(_ texts: [String], on connection: Connection) throws(PostgresError) -> [String] {
        var forms: [String] = []
        let rows = try connection.query(
            "select normalize(t, NFKC) from unnest($1::text[]) with ordinality as k (t, place) order by place",
            [.texts(texts)])
        for row in rows { forms.append(try row.text(0)) }
        return forms
    }
}
