public import JSON

/// One event's values for one order: only the sent fields. Absent is not null: an absent field leaves the stored one
/// alone, a `.null` clears it.
public struct Order: Sendable, Hashable {
    /// The order's id, as the provider writes it. Ids stay text: JSON numbers above 2^53 exist.
    public var id: String
    /// The sent fields.
    public var fields: Fields<OrderField>
    /// The sender's fields that the ledger does not know, under the sender's names.
    public var extra: [String: JSONValue]
    /// The place of `status` in the life of an order, for events of the same moment: the higher one wins. 0: unknown.
    public var statusRank: Int

    /// One event's values for the order `id`.
    public init(
        id: String, fields: Fields<OrderField> = [:], extra: [String: JSONValue] = [:], statusRank: Int = 0
    ) {
        self.id = id
        self.fields = fields
        self.extra = extra
        self.statusRank = statusRank
    }
}

/// The fields of an order that the ledger knows. The raw value is the key in `orders.order_data` and the name that
/// rules and templates use (`order.status`).
public enum OrderField: String, Sendable, CaseIterable {
    /// Text: the sender's own status word.
    case status
    /// Number as text: the buyer's total; never a double.
    case totalAmount = "total_amount"
    /// Number as text.
    case shippingFee = "shipping_fee"
    /// Text: ISO 4217 code.
    case currency
    /// Text.
    case email
    /// Text.
    case phone
    /// Text.
    case customerName = "customer_name"
    /// Text: the shop the order belongs to.
    case shopID = "shop_id"
    /// Text: the human-readable order number.
    case orderNumber = "order_number"
    /// RFC 3339 text: when the order was placed; data, not its clock.
    case placedAt = "placed_at"
    /// RFC 3339 text: the sender's own update time; data, not its clock.
    case changedAt = "changed_at"
    /// Array of objects with the keys of `OrderItemField`, and under `extra` an object with the other members of a line.
    case items
    /// Object: name, phone, address1, address2, city, region, zip, country, full_address, if sent, all text, and under
    /// `extra` an object with what else came.
    case shippingAddress = "shipping_address"
    /// Text.
    case trackingNumber = "tracking_number"
    /// Text: the article, from senders whose orders have one article and no lines.
    case product
    /// Number as text: the price of one, by such senders.
    case price
    /// Number: how many, by such senders.
    case quantity
    /// Number as text, may be negative: what the seller earns.
    case commission
    /// Text: the buying profile that was used.
    case profile
    /// Text: the list of proxies that was used.
    case proxyList = "proxy_list"
    /// Text: the sender's other name for the order.
    case referenceNumber = "reference_number"
    /// Boolean: the webhook only points at the order; its details must be fetched.
    case needsDetail = "needs_detail"
    /// Number as text: the refunded amount according to the newest event; the amount of that refund if the sender gives
    /// no sum: see ``Order/singleRefunds``.
    case refundedAmount = "refunded_amount"
    /// Text: the sender's own word for the state of the newest return.
    case returnStatus = "return_status"
    /// Boolean: the buyer asks to cancel, and nobody has decided yet.
    case cancelRequested = "cancel_requested"
    /// Text: unpaid, on_hold, to_ship, shipped, delivered, cancelled or returned, the same for all senders; null if the
    /// sender's word has no stage.
    case stage
    /// Array of texts: the tracking numbers of all parcels, each once.
    case trackingNumbers = "tracking_numbers"
}

extension Order {
    /// The prefix of members of `extra` with the amount of one refund; its id follows.
    public static let singleRefunds = "refunds/"
}

/// The keys of one line of `OrderField.items`.
public enum OrderItemField: String, Sendable, CaseIterable {
    /// Text: the line's own id, unique within its order.
    case lineID = "line_id"
    /// Text.
    case productID = "product_id"
    /// Text.
    case productName = "product_name"
    /// Text: the sender's variant id.
    case variantID = "variant_id"
    /// Text.
    case variantName = "variant_name"
    /// Text: the shop's own article number.
    case sku
    /// Number, may have a fraction: how many.
    case quantity
    /// Number as text: price of one.
    case unitPrice = "unit_price"
    /// Number as text: price of one before reductions.
    case listPrice = "list_price"
    /// Text.
    case imageURL = "image_url"
}
