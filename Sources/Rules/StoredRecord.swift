public import JSON
public import Webhooks

/// The row of an order, product, customer or comment as it stands now.
public struct StoredRecord: Sendable, Hashable {
    /// Which of them.
    public var kind: RecordKind
    /// The row's id in its table; 0 for a record that only rules look at.
    public var row: Int64
    /// The configured sender of an order; empty for other records, which are read by their event's source.
    public var source: String
    /// The sender's id.
    public var id: String
    /// The shop to which an order's id belongs, where ids are the shop's own; else empty.
    public var shopKey: String
    /// The normalized fields (`order_data`, `product_data` …); keys are the raw values of `OrderField`, `ProductField` ….
    public var fields: JSONObject
    /// Fields that the ledger does not know, under the sender's names.
    public var extra: JSONObject
    /// The fields that no verified event wrote; those of `extra` with `extra.` before them.
    public var unverified: Set<String>

    /// A row of those values.
    public init(
        _ kind: RecordKind = .order, row: Int64 = 0, source: String = "", id: String, shopKey: String = "",
        fields: JSONObject, extra: JSONObject = JSONObject(), unverified: Set<String> = []
    ) {
        self.kind = kind
        self.row = row
        self.source = source
        self.id = id
        self.shopKey = shopKey
        self.fields = fields
        self.extra = extra
        self.unverified = unverified
    }

    /// The same without the fields that no verified event wrote.
    public var verified: StoredRecord {
        var record = self
        (record.fields, record.extra) = UnverifiedFields.strip(unverified, from: fields, extra: extra)
        record.unverified = []
        return record
    }
}
