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
        // The API lists what is in the trash; no webhook does.
        fields[.deleted] = .bool(fields[.status] == "trash")
        unread += reader.unread
        return Product(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<ProductField>([
        (.name, ["name", "title"], .text), (.description, ["description"], .prose),
        (.price, ["price"], .money),
        (.sku, ["sku"], .words), (.quantity, ["stock_quantity"], .stock), (.status, ["status"], .text),
        (.url, ["permalink"], .longText), (.changedAt, ["date_modified_gmt", "updated_at"], .date),
    ])
}
