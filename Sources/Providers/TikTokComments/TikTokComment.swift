import JSON
import Webhooks

/// The content of a `comment.update`.
/// Source: asyncapi/tiktok-ads-webhooks.yml of api-evangelist/tiktok-ads (second-hand)
enum TikTokComment {
    /// Makes the event one about the comment. Ids are numbers above 2^53, and the last digits count.
    static func record(_ content: JSONObject, _ event: inout Event) {
        guard let id = content["comment_id"]?.identifierText else { return }
        var reader = FieldReader(content)
        reader.drop("comment_id")
        let action = content["comment_action"]?.string
        var fields = map.read(&reader)
        switch action {
        case "insert":
            event.type = "comment.created"
            fields[.deleted] = false
            fields[.writtenAt] = content["timestamp"]?.asDate
        case "delete":
            event.type = "comment.deleted"
            event.sequence = 1
            fields[.deleted] = true
        default: break
        }
        event.note(unread: reader.unread)
        event.subject = "comment:\(id)"
        event.record = .comment(Comment(id: id, fields: fields, extra: reader.extra))
    }

    private static let map = FieldMap<CommentField>([
        (.videoID, ["video_id"], .identifier), (.parentID, ["parent_comment_id"], .identifier),
        (.text, ["text"], .prose), (.userID, ["unique_identifier"], .identifier),
        (.status, ["comment_action"], .identifier),
    ])
}
