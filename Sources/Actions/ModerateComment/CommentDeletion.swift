import JSON
import Jobs
import Outbound
import Postgres
import Rules
import Settings
import Webhooks

/// Deletes a comment through an API of TikTok's, once. A comment that its sender says is gone is not deleted again.
struct CommentDeletion: Action {
    let name: String
    let kind = ModerateComment.kind
    let retryPolicy: RetryPolicy
    private let access: CommentAccess

    var pace: Pace? { access.pace }
    var destination: String? { HTTPRequest(method: "POST", url: access.base).destination }

    /// - Parameter name: of the action that decides.
    init(of name: String, through access: CommentAccess, retryPolicy: RetryPolicy = .standard) {
        self.name = name + Self.mark
        self.access = access
        self.retryPolicy = retryPolicy
    }

    private static let mark = ":deletion"

    /// Makes the job; no action of the configuration can have its action's name.
    static func followUp(_ settings: ActionSettings) -> FollowUp {
        FollowUp(
            action: settings.name + mark, kind: settings.kind, attempts: settings.retry.retries + 1)
    }

    /// A comment is deleted once, whichever action does it.
    func effectKey(for subject: JobSubject) -> String? {
        subject.record.map { "\(kind.name):\(subject.event.source):\($0.id)" }
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let comment = subject.record, comment.kind == .comment,
            let key = effectKey(for: subject)
        else {
            return .ended(.bury("the event is about no comment"))
        }
        guard comment.fields["deleted"]?.bool != true else { return Self.gone(key) }
        return access.step(for: subject.event) { api, token in
            .send(.request(api.deletion(of: comment)), doubt: api.doubt(about: comment)) { reply, _ in
                guard let token, let reason = api.refusedToken(in: reply) else { return .ended(api.judge(reply)) }
                return CommentAccess.refused(token, reason)
            }
        }
    }

    /// The sender says that it is gone. Should a worker have been lost during the call, that is settled with it.
    private static func gone(_ key: String) -> Step {
        .commit { _, connection throws(PostgresError) in
            _ = try connection.query(
                ModerateCommentSQL.isGone, [.text(key)])
            return .skipped("the comment is gone already")
        }
    }
}
