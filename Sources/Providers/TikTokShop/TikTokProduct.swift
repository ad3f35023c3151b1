import JSON
import Webhooks

/// Events about a product: its id, its status where the type is about that, and the rest in `extra`. Names, prices and
/// stock are in none of them.
enum TikTokProduct {
    /// Attaches the product in the data, or in the body itself (the sample of type 68), to the event.
    static func tell(_ meaning: TikTokShopType.Meaning, _ envelope: TikTokEnvelope, _ event: inout Event) {
        let isInData = envelope.data["product_id"] != nil
        let object = isInData ? envelope.data : envelope.body
        guard let id = object["product_id"]?.identifierText else { return }
        var reader = FieldReader(object)
        for key in isInData ? ["product_id"] : ["product_id", "event_id", "occurred_at", "seller_id"] {
            reader.drop(key)
        }
        var fields: Fields<ProductField> = [:]
        fields[.changedAt] = reader.take("update_time", as: .moment)
        if case .product = meaning, let status = reader.take("status", as: .identifier), status != .null {
            fields[.status] = status
            fields[.deleted] = .bool(status == "DELETED")
        }
        event.note(unread: reader.unread)
        event.subject = "product:\(id)"
        event.record = .product(Product(id: id, fields: fields, extra: reader.extra))
    }
}
