import JSON

/// The numeric event types of TikTok Shop's Partner Center, with the name and the normalized type of each.
///
/// Sources: titles of the pages under https://partner.tiktokshop.com/docv2 ("1 Order status change" …) and the enum
/// `EventType` of laraditz/tiktok. Types without a normalized type keep TikTok's name.
struct TikTokShopType {
    /// TikTok's name.
    let name: String
    /// The normalized type.
    let type: String
    /// The meaning of its data.
    let meaning: Meaning

    /// The meaning of a type's data.
    enum Meaning {
        /// Nothing about a record.
        case nothing
        /// One order changed: status and time are the order's.
        case order
        /// A part of one or several orders changed (a package, an invoice …): status and times are the part's own.
        case ofOrders
        /// A request to cancel an order was made or decided.
        case cancellation
        /// Money of one or several orders was paid back.
        case refund
        /// A return, of an order where the data name one.
        case returning
        /// A product changed: the status, where there is one, is the product's.
        case product
        /// A product changed, as described by the data.
        case ofProduct
    }

    private init(_ name: String, _ type: String? = nil, _ meaning: Meaning = .nothing) {
        self.name = name
        self.type = type ?? name
        self.meaning = meaning
    }

    /// The type of that number; nil for numbers that are not known.
    static func numbered(_ number: Int64) -> TikTokShopType? { table[number] }

    /// The type of a body that has none, by its members: the sample of 68 is such a one.
    /// - Returns: the number as text; nil if the members are unknown.
    static func untyped(_ body: JSONObject) -> String? {
        body["change_detail"]?.array != nil && body["product_id"]?.identifierText != nil ? "68" : nil
    }

    private static let table: [Int64: TikTokShopType] = [
        1: .init("ORDER_STATUS_CHANGE", "order.updated", .order),
        2: .init("REVERSE_STATUS_UPDATE", "return.updated", .returning),
        3: .init("RECIPIENT_ADDRESS_UPDATE", "order.updated", .order),
        4: .init("PACKAGE_UPDATE", "package.updated", .ofOrders),
        5: .init("PRODUCT_STATUS_CHANGE", "product.updated", .product),
        6: .init("SELLER_DEAUTHORIZATION", "authorization.removed"),
        7: .init("UPCOMING_AUTHORIZATION_EXPIRATION", "authorization.expiring"),
        11: .init("CANCELLATION_STATUS_CHANGE", "cancellation.updated", .cancellation),
        12: .init("RETURN_STATUS_CHANGE", "return.updated", .returning),
        13: .init("NEW_CONVERSATION", "conversation.created"),
        14: .init("NEW_MESSAGE", "message.created"),
        15: .init("PRODUCT_INFORMATION_CHANGE", "product.updated", .ofProduct),
        16: .init("PRODUCT_CREATION", "product.created", .ofProduct),
        17: .init("SHOPPABLE_CONTENT_POSTING"),
        18: .init("PRODUCT_CATEGORY_CHANGE", "product.updated", .ofProduct),
        19: .init("SIZE_CHART_CHANGE"),
        20: .init("CREATOR_DEAUTHORIZATION", "authorization.removed"),
        21: .init("INBOUND_FBT_ORDER_STATUS_CHANGE"),
        22: .init("FBT_MERCHANT_ONBOARDING"),
        23: .init("GOODS_MATCH"),
        24: .init("FBT_INVENTORY_UPDATE", "inventory.updated", .ofProduct),
        25: .init("OPPORTUNITY_MATCHING_STATUS_CHANGE"),
        27: .init("INVENTORY_STATUS_CHANGE", "inventory.updated", .ofProduct),
        33: .init("NEW_MESSAGE_LISTENER", "message.created"),
        35: .init("TOKOPEDIA_MIRROR_STATUS_CHANGE"),
        36: .init("INVOICE_STATUS_CHANGE", "invoice.updated", .ofOrders),
        37: .init("PRODUCT_AUDIT_STATUS_CHANGE", "product.updated", .product),
        38: .init("STRIKETHROUGH_PRICE_EXPIRED"),
        39: .init("ACTIVITY_STATUS_CHANGE"),
        42: .init("COMBINED_LISTING_CHANGE"),
        46: .init("IMAGE_TRANSLATION_COMPLETED"),
        50: .init("SKU_STATUS_CHANGE", "product.updated", .product),
        51: .init("GLOBAL_REPLICATION_STATUS_CHANGE"),
        52: .init("GLOBAL_LISTING_METHOD_CHANGE"),
        55: .init("VIDEO_PRECHECK_RESULT"),
        56: .init("SAMPLE_APPLICATION_STATUS_CHANGE"),
        58: .init("FBT_MCF_ORDER_STATUS"),
        59: .init("SHOPPABLE_VIDEO_PRECHECK_TASKS_RESULT"),
        62: .init("PRODUCT_PACKAGE_RECOMMENDED"),
        63: .init("ACTIVITY_CHANGE"),
        64: .init("AFTERSALES_REQUEST_STATUS_UPDATE", "return.updated", .returning),
        65: .init("RMA_STATUS_UPDATE", "return.updated", .returning),
        66: .init("APPEAL_COMPLETED"),
        67: .init("REFUND_SUCCESS", "refund.completed", .refund),
        68: .init("INVENTORY_CHANGED", "inventory.updated", .ofProduct),
        71: .init("INVENTORY_CHANGED_BY_SHOP", "inventory.updated", .ofProduct),
    ]
}
