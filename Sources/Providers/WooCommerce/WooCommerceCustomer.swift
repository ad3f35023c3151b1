import JSON
import Webhooks

/// WooCommerce's customer (REST v3). Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#customers
enum WooCommerceCustomer {
    static func customer(_ id: String, _ object: JSONObject, deleted: Bool, unread: inout [String]) -> Customer {
        if deleted { return Customer(id: id, fields: [.deleted: true]) }
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        fields[.name] = fullName(fields[.firstName], fields[.lastName])
        fields[.phone] = (object["billing"] ?? object["billing_address"])?["phone"]?.asWords
        fields[.deleted] = false
        unread += reader.unread
        return Customer(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<CustomerField>([
        (.email, ["email"], .words), (.firstName, ["first_name"], .words), (.lastName, ["last_name"], .words),
        (.changedAt, ["date_modified_gmt"], .date),
        (.address, ["billing", "billing_address"], .by(AddressFields.wooCommerce.address)),
    ])
}
