import JSON

extension Event {
    /// Names the shop of an event whose body names none, and of its order: an answer of a shop's API, whose shop is known by
    /// the token or by the event that asked.
    /// - Parameter shop: as other events name it; empty changes nothing.
    public mutating func isOfShop(_ shop: String) {
        guard shopID == nil, !shop.isEmpty else { return }
        shopID = shop
        guard case .order(var order) = record, order.fields[.shopID] == nil else { return }
        order.fields[.shopID] = .string(shop)
        record = .order(order)
    }
}
