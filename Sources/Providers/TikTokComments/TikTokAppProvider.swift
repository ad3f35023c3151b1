import JSON
public import Verification
public import Webhooks

/// TikTok for Developers and TikTok API for Business: `{client_key, event, create_time, user_openid, content}`, where
/// `content` is JSON inside a string. There is no id: the dedupe key is the body, which has its own time.
///
/// | event | normalized |
/// |---|---|
/// | `authorization.removed` | itself; marks the account, a customer by its `user_openid` |
/// | `video.publish.completed`, `video.upload.failed` | `video.published`, `video.upload_failed` |
/// | `comment.update` | `comment.created`, `comment.updated`, `comment.deleted` |
///
/// Source: https://developers.tiktok.com/doc/webhooks-events
public struct TikTokAppProvider: Provider {
    /// `tiktok_developers` or `tiktok_business`.
    public var name: String { scheme.name }
    /// `TikTok-Signature` over time and body.
    public let scheme: Scheme

    /// By the signature's header; the API for Business also sends the version of its bodies.
    public func recognizes(_ delivery: Delivery) -> Bool {
        let isBusiness = delivery.headers["webhook-schema-version"] != nil
        return delivery.headers["tiktok-signature"] != nil && isBusiness == (scheme.name == Scheme.tikTokBusiness.name)
    }

    /// The portal's test.
    public func challenge(_ verified: VerifiedDelivery) -> Answer? {
        guard let body = try? JSONValue(parsing: verified.delivery.body), body["event"]?.string == "tiktok.ping" else {
            return nil
        }
        return Answer(status: 200)
    }

    /// The event.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) -> Event {
        let bytes = verified.delivery.body
        let read = ReadBody(bytes)
        let body = read.bareObject
        let type = body?["event"]?.identifierText
        let content = Self.content(body)
        let time = content["timestamp"]?.moment ?? body?["create_time"]?.moment
        var event = Event(
            type, type.flatMap { Self.types[$0] }, by: name,
            // The header that distinguishes the two is not signed: with one secret for both, a delivery is the same
            // under either.
            key: .body(bytes, of: "tiktok_app", at: time, window: window))
        event.occurredAt = time
        event.unreadFields = read.repaired
        event.shopID = body?["client_key"]?.identifierText
        let account = body?["user_openid"]?.identifierText
        event.subject = account.map { "account:\($0)" }
        switch type {
        case "authorization.removed": if let account { event.record = .customer(Self.removed(account, content)) }
        case "comment.update": TikTokComment.record(content, &event)
        default: break
        }
        return event
    }

    /// A string that contains JSON; an object is accepted, too.
    private static func content(_ body: JSONObject?) -> JSONObject {
        guard let content = body?["content"] else { return JSONObject() }
        return content.object ?? content.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?.object
            ?? JSONObject()
    }

    /// Reason 2: the user deleted the account.
    private static func removed(_ account: String, _ content: JSONObject) -> Customer {
        var fields: Fields<CustomerField> = [.status: "authorization.removed"]
        if content["reason"]?.integer == 2 { fields[.deleted] = true }
        return Customer(id: account, fields: fields, extra: FieldReader(content).extra)
    }

    private static let types = [
        "video.publish.completed": Topic("video.published"), "video.upload.failed": Topic("video.upload_failed"),
        "comment.update": Topic("comment.updated"),
    ]
}
