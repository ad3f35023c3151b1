import JSON
import Webhooks

/// Shopify's customer resource. Source: https://shopify.dev/docs/api/admin-rest/latest/resources/customer
enum ShopifyCustomer {
    static func customer(_ id: String, _ object: JSONObject, deleted: Bool, unread: inout [String]) -> Customer {
        if deleted { return Customer(id: id, fields: [.deleted: true]) }
        var reader = FieldReader(object)
        reader.drop("id")
        var fields = map.read(&reader)
        fields[.name] = fullName(fields[.firstName], fields[.lastName])
        fields[.deleted] = false
        unread += reader.unread
        return Customer(id: id, fields: fields, extra: reader.extra)
    }

    private static let map = FieldMap<CustomerField>([
        (.email, ["email"], .words), (.firstName, ["first_name"], .words), (.lastName, ["last_name"], .words),
        (.phone, ["phone"], .words), (.status, ["state"], .text), (.changedAt, ["updated_at"], .date),
        (.address, ["default_address"], .by(AddressFields.shopify.address)),
    ])
}
