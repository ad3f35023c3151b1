import JSON
import Webhooks

/// WooCommerce's product (REST v3). Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#products
enum WooCommerceProduct {
    static func product(_ id: String, _ object: JSONObject, deleted: Bool, unread: inout [String]) -> Product {
        if deleted { return Product(id: id, fields: [.deleted: true]) }
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        fields[.imageURL] = object["images"]?.list?.first?["src"]?.asLongText
        fields[.deleted] = false
        unread += reader.unread
        return Product(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<ProductField>([
        (.name, ["name", "title"], \.asText), (.description, ["description"], \.asProse),
        (.price, ["price"], \.asMoney),
        (.sku, ["sku"], \.asWords), (.quantity, ["stock_quantity"], \.asStock), (.status, ["status"], \.asText),
        (.url, ["permalink"], \.asLongText), (.changedAt, ["date_modified_gmt", "updated_at"], \.asDate),
    ])
}
