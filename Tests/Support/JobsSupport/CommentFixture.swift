import JSON
import Platform
import Postgres
package import StandIns
import Testing

/// Comments with their events and jobs.
extension JobsFixture {
    /// A new comment whose job is for an action.
    package func comment(_ id: String, _ text: String, deleted: Bool = false, action: String = "moderate") throws {
        let fields: JSONValue = ["text": .string(text), "video_id": "v1", "deleted": .bool(deleted)]
        let job = Filling.job(action, kind: "moderate_comment")
        try Filling.record(
            [Filling.recordable("comment", id, fields, type: "comment.created", jobs: [job])], in: database)
    }

    /// The sender says that a comment is gone.
    package func senderDeletes(_ id: String) throws {
        _ = try superuser.query(
            "update comments set comment_data = comment_data || '{\"deleted\": true}' where comment_id = $1",
            [.text(id)])
    }
}

/// The lines of `actions:` that moderate at the stand-ins.
package enum Moderation {
    package static func business(_ standIns: StandIns, _ more: String = "") -> String {
        "moderate: { kind: moderate_comment, business_id: \"7000\", access_token: { env: TOKEN }, "
            + "base_url: \"\(standIns.url)/business\", timeout: 1s, backoff: 10ms\(more) }"
    }

    package static func guide(_ standIns: StandIns, _ more: String = "") -> String {
        "moderate: { kind: moderate_comment, api: guide, access_token: { env: TOKEN }, "
            + "base_url: \"\(standIns.url)/guide\", timeout: 1s, backoff: 10ms\(more) }"
    }
}
