import JSON
public import Verification
public import Webhooks

/// A product or customer from a provider's API whose webhooks only point at it: the result of reconciling. No webhook has this
/// form. One value per provider and kind, each in its provider's file.
public struct RecordDetailProvider: Provider {
    /// `PROVIDER_product` or `PROVIDER_customer`
    public let name: String
    /// The scheme of the webhooks; fetched data is not signed.
    public let scheme: Scheme
    /// The provider's time of the last change.
    let time: @Sendable (JSONObject) -> Timestamp?
    /// The record of that id. The reader has the object without the id.
    let record: @Sendable (String, inout FieldReader, JSONObject) -> Record

    /// The member with the store, which the reader of the list adds where ids are unique per store only.
    public static let store = "store_hash"

    /// Never: it comes by no webhook.
    public func recognizes(_ delivery: Delivery) -> Bool { false }

    /// The event, of the type `product.updated` or `customer.updated`.
    public func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        let bytes = verified.delivery.body
        var event = Event(
            provider: name, providerType: Event.unrecognized, type: Event.unrecognized,
            dedupeKey: .body(bytes, of: name))
        let read = ReadBody(bytes)
        guard let object = read.bareObject, let id = object["id"]?.identifierText else { return event }
        var reader = FieldReader(object)
        reader.drop("id")
        reader.drop(Self.store)
        event.record = record(id, &reader, object)
        guard let kind = event.record.identity?.kind.rawValue else { return event }
        event.providerType = kind + "_detail"
        event.type = kind + ".updated"
        event.subject = "\(kind):\(id)"
        event.occurredAt = time(object)
        event.shopKey = object[Self.store]?.identifierText ?? ""
        // The webhook has the same time and says less.
        event.sequence = 1
        event.note(unread: read.repaired + reader.unread)
        return event
    }
}

extension Product {
    /// A product of those fields; what the reader has left is `extra`.
    init(_ id: String, _ fields: Fields<ProductField>, _ reader: FieldReader) {
        self.init(id: id, fields: fields, extra: reader.extra)
    }
}

extension Customer {
    /// A customer of those fields, with the whole name; what the reader has left is `extra`.
    init(_ id: String, _ fields: Fields<CustomerField>, _ reader: FieldReader) {
        var fields = fields
        fields[.name] = fullName(fields[.firstName], fields[.lastName])
        fields[.deleted] = false
        self.init(id: id, fields: fields, extra: reader.extra)
    }
}
