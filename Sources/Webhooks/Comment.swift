public import JSON

/// One event's values for one comment: only the sent fields. Absent is not null.
public struct Comment: Sendable, Hashable {
    /// The comment's id, as the provider writes it. Ids stay text: JSON numbers above 2^53 exist.
    public var id: String
    /// The sent fields.
    public var fields: Fields<CommentField>
    /// The sender's fields that the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]

    /// One event's values for the comment `id`.
    public init(id: String, fields: Fields<CommentField> = [:], extra: [String: JSONValue] = [:]) {
        self.id = id
        self.fields = fields
        self.extra = extra
    }
}

/// The fields of a comment that the ledger knows; the raw value is the key in `comments.comment_data` and the name that
/// rules use (`comment.text`).
public enum CommentField: String, Sendable, CaseIterable {
    /// Text.
    case videoID = "video_id"
    /// Text: the comment that this one answers.
    case parentID = "parent_comment_id"
    /// Text.
    case text
    /// Text: the author's id.
    case userID = "user_id"
    /// Text: the author's name as shown.
    case username
    /// Text: the sender's own word for its state, such as `set_to_hidden`.
    case status
    /// RFC 3339 text: when it was written; data, not its clock.
    case writtenAt = "written_at"
    /// Boolean: it was deleted.
    case deleted
}
