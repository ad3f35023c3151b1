import JSON
import Webhooks

/// Shopify's product resource. Source: https://shopify.dev/docs/api/admin-rest/latest/resources/product
enum ShopifyProduct {
    static func product(_ id: String, _ object: JSONObject, deleted: Bool, unread: inout [String]) -> Product {
        if deleted { return Product(id: id, fields: [.deleted: true]) }
        var reader = FieldReader(object)
        reader.drop("id")
        let variants = (object["variants"]?.list ?? []).filter { $0 != .null }
        let first = variants.first
        var fields = map.read(&reader)
        fields[.price] = first?["price"]?.asMoney
        fields[.sku] = first?["sku"]?.asWords
        fields[.quantity] = stock(variants)
        fields[.imageURL] = (object["image"]?["src"] ?? object["images"]?.list?.first?["src"])?.asLongText
        fields[.deleted] = false
        unread += reader.unread
        return Product(id: id, fields: fields, extra: reader.extra)
    }

    /// The total stock of all variants.
    private static func stock(_ variants: [JSONValue]) -> JSONValue? {
        let counts = variants.compactMap { $0["inventory_quantity"]?.asStock?.integer }
        return counts.isEmpty ? nil : JSONValue.number(JSONNumber(counts.reduce(0, +))).asStock
    }

    private static let map = FieldMap<ProductField>([
        (.name, ["title"], .text), (.description, ["body_html"], .prose), (.status, ["status"], .text),
        (.changedAt, ["updated_at"], .date), (.variants, ["variants"], .by(Variants.shopify.variants)),
    ])
}

extension Variants {
    fileprivate static let shopify = Variants(
        map: FieldMap([
            (.variantID, ["id"], .identifier), (.sku, ["sku"], .words), (.price, ["price"], .money),
            (.quantity, ["inventory_quantity"], .stock), (.name, ["title"], .text),
        ]))
}
