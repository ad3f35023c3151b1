import JSON
import Webhooks

/// An event's values for one row, as parameters of `record_2()`.
struct RecordPatch {
    let kind: RecordKind
    let id: String
    /// The sent fields, by the names of the row's `…_data`: the text of a JSON object.
    let fields: String
    /// The fields that the ledger does not know, in the same form; nil for none.
    let extra: String?
    let statusRank: Int

    fileprivate init<Field>(
        _ kind: RecordKind, _ id: String, _ fields: Fields<Field>, _ extra: [String: JSONValue],
        statusRank: Int = 0
    ) {
        self.kind = kind
        self.id = id.storable
        self.fields = JSONValue.storableText(ofMembers: fields.members)
        self.extra =
            extra.isEmpty
            ? nil
            : JSONValue.storableText(ofMembers: extra.map { JSONObject.Member(key: $0.key, value: $0.value) })
        self.statusRank = statusRank
    }
}

extension Record {
    /// nil if the event has no record.
    var patch: RecordPatch? {
        switch self {
        case .none: nil
        case .order(let order):
            RecordPatch(.order, order.id, order.fields, order.extra, statusRank: order.statusRank)
        case .product(let product): RecordPatch(.product, product.id, product.fields, product.extra)
        case .customer(let customer): RecordPatch(.customer, customer.id, customer.fields, customer.extra)
        case .comment(let comment): RecordPatch(.comment, comment.id, comment.fields, comment.extra)
        }
    }
}
