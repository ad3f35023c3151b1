import JSON
public import Verification
public import Webhooks

/// The contract of the comment moderation guide: flat bodies `{type, comment_id, video_id, text, …}`.
///
/// The dedupe key is the body. `created_at` may be the comment's own time, the same in both events, so of two events of
/// one moment the deletion is the later one.
public struct TikTokCommentsGuideProvider: Provider {
    /// `tiktok_comments_guide`
    public var name: String { scheme.name }
    /// `X-TikTok-Signature` over the body.
    public var scheme: Scheme { .tikTokCommentsGuide }

    /// The provider.
    public init() {}

    /// The event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        let read = ReadBody(bytes)
        let body = read.bareObject
        let type = body?["type"]?.identifierText
        let time = body?["created_at"]?.moment
        let known = type.flatMap { Self.types[$0] }
        var event = Event(type, known, by: name, key: .body(bytes, of: name, at: time, window: window))
        event.occurredAt = time
        event.unreadFields = read.repaired
        guard let known, let body, let id = body["comment_id"]?.identifierText else { return event }
        var reader = FieldReader(body)
        for key in ["type", "comment_id"] { reader.drop(key) }
        var fields = Self.map.read(&reader)
        fields[.deleted] = .bool(known.deletes)
        event.sequence = known.deletes ? 1 : 0
        if known.deletes, time == nil { event.timing = .deletion }
        event.note(unread: reader.unread)
        event.subject = "comment:\(id)"
        event.record = .comment(Comment(id: id, fields: fields, extra: reader.extra))
        return event
    }

    private static let types = [
        "video_comment_created": Topic("comment.created"),
        "video_comment_deleted": Topic("comment.deleted", deletes: true),
    ]

    private static let map = FieldMap<CommentField>([
        (.videoID, ["video_id"], .identifier), (.parentID, ["parent_comment_id"], .identifier),
        (.text, ["text"], .prose), (.userID, ["user_id"], .identifier), (.username, ["username"], .text),
        (.writtenAt, ["created_at"], .date),
    ])

    /// The guide's answer.
    public func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer {
        .json(200, ["status": "ok"])
    }

    /// The guide's answer to any invalid signature.
    public func answer(_ refusal: Refusal) -> Answer {
        let answer = Answer.refusing(refusal)
        return answer.status == 401 ? .json(401, ["error": "Invalid signature"]) : answer
    }
}
