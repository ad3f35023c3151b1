import JSON
import Webhooks

/// Products and customers of EverShop's, in the guide's members or in the columns of EverShop's tables.
enum EverShopRecords {
    /// - Parameter deleted: nil for an event without that information.
    static func product(
        _ id: String, _ object: JSONObject, deleted: Bool?, unread: inout [String]
    ) -> Product {
        var (fields, extra) = read(products, object, id, .product, &unread)
        fields[.deleted] = deleted.map(JSONValue.bool)
        return Product(id: id, fields: fields, extra: extra)
    }

    static func customer(
        _ id: String, _ object: JSONObject, deleted: Bool, unread: inout [String]
    ) -> Customer {
        var (fields, extra) = read(customers, object, id, .customer, &unread)
        fields[.name] = fields[.name] ?? fullName(fields[.firstName], fields[.lastName])
        fields[.deleted] = .bool(deleted)
        return Customer(id: id, fields: fields, extra: extra)
    }

    private static func read<Field>(
        _ map: FieldMap<Field>, _ object: JSONObject, _ id: String, _ kind: Topic.Kind, _ unread: inout [String]
    ) -> (Fields<Field>, [String: JSONValue]) {
        var reader = FieldReader(object)
        for key in EverShopData.idKeys(kind) where object[key]?.identifierText == id { reader.drop(key) }
        for key in EverShopCredentials.members { reader.drop(key) }
        let fields = map.read(&reader)
        unread += reader.unread
        return (fields, reader.extra)
    }

    private static let products = FieldMap<ProductField>([
        (.name, ["name"], .text), (.description, ["description"], .prose), (.price, ["price"], .money),
        (.currency, ["currency"], .text), (.sku, ["sku"], .text), (.quantity, ["qty", "quantity"], .stock),
        (.status, ["status"], .looseText), (.url, ["url"], .longText),
        (.imageURL, ["imageUrl", "image"], .longText), (.changedAt, ["updatedAt", "updated_at"], .date),
    ])

    private static let customers = FieldMap<CustomerField>([
        (.email, ["email"], .words), (.name, ["fullName", "full_name", "name"], .words),
        (.firstName, ["firstName", "first_name"], .words), (.lastName, ["lastName", "last_name"], .words),
        (.phone, ["phone", "telephone"], .words), (.status, ["status"], .looseText),
        (.address, ["address"], .by(EverShopOrder.address.address)), (.changedAt, ["updatedAt", "updated_at"], .date),
    ])
}
