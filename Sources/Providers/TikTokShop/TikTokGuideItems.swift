import JSON
import Webhooks

/// The guide's `items`.
enum TikTokGuideItems {
    /// More lines than that are no order of this world, and each becomes a row.
    private static let most = 1000

    /// The lines, under the keys of `OrderItemField`.
    ///
    /// Every line gets an id that is unique in its order: its own `id`, or `#` and its place when it has none or
    /// shares it. What does not fit its form goes to the line's `extra`.
    /// - Returns: nil for what is no array of at most 1,000 objects.
    static func items(_ value: JSONValue) -> JSONValue? {
        guard let elements = value.array, elements.count <= most else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        var taken = Set(objects.compactMap { $0["id"]?.identifierText })
        var used: Set<String> = []
        return .array(
            objects.enumerated().map { place, object in
                var reader = FieldReader(object)
                var line = JSONObject()
                let own = reader.take("id") { id in
                    id.identifierText.flatMap { used.insert($0).inserted ? .string($0) : nil }
                }
                line[.lineID] = own == .null ? nil : own
                if line[.lineID] == nil {
                    var id = "#\(place + 1)"
                    while !taken.insert(id).inserted { id += "'" }
                    line[.lineID] = .string(id)
                }
                line[.productID] = reader.take("product_id", as: \.asIdentifier)
                line[.productName] = reader.take("product_name", as: \.asText)
                line[.variantID] = reader.take("sku_id", as: \.asIdentifier)
                line[.variantName] = reader.take("sku_name", as: \.asText)
                line[.sku] = reader.take("seller_sku", as: \.asText)
                line[.quantity] = reader.take("quantity", as: \.asQuantity)
                line[.unitPrice] = reader.take("sale_price", as: \.asMoney)
                line[.listPrice] = reader.take("original_price", as: \.asMoney)
                line[.imageURL] = reader.take("image_url", as: \.asLongText)
                let extra = reader.extra
                if !extra.isEmpty { line["extra"] = .object(extra.object) }
                return .object(line)
            })
    }
}

extension JSONObject {
    /// The value of an item's field.
    fileprivate subscript(field: OrderItemField) -> JSONValue? {
        get { self[field.rawValue] }
        set { self[field.rawValue] = newValue }
    }
}
