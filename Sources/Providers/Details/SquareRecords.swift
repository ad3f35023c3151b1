import JSON
import Verification
import Webhooks

extension RecordDetailProvider {
    /// An item of Square's catalog. Source: https://developer.squareup.com/reference/square/objects/CatalogItem
    public static let squareProduct = RecordDetailProvider(
        name: "square_product", scheme: .square, time: { $0["updated_at"]?.moment },
        record: { id, reader, object in
            var fields = Fields<ProductField>()
            fields[.changedAt] = reader.take("updated_at", as: .date)
            fields[.deleted] = .bool(reader.take("is_deleted", as: .truth) == true)
            let item = object["item_data"]
            fields[.name] = item?["name"]?.asText
            fields[.description] = item?["description"]?.asLongText
            let listed = (item?["variations"]?.list ?? []).compactMap { variation($0) }
            if let first = listed.first {
                fields[.sku] = first["sku"]
                fields[.price] = first["price"]
                fields[.currency] =
                    item?["variations"]?.list?.first?["item_variation_data"]?["price_money"]?["currency"]?
                    .asText
            }
            fields[.variants] = listed.isEmpty ? nil : Self.variants.variants(.array(listed))
            return .product(Product(id, fields, reader))
        })

    /// Square's customer. Source: https://developer.squareup.com/reference/square/objects/Customer
    public static let squareCustomer = RecordDetailProvider(
        name: "square_customer", scheme: .square, time: { $0["updated_at"]?.moment },
        record: { id, reader, object in
            var fields = customerMap.read(&reader)
            fields[.address] = object["address"].flatMap(OrderDetailProvider.squareAddress.address)
            return .customer(Customer(id, fields, reader))
        })

    /// A variation with the price in the currency's own unit.
    private static func variation(_ value: JSONValue) -> JSONValue? {
        guard let id = value["id"]?.identifierText else { return nil }
        let data = value["item_variation_data"]
        var variation = JSONObject()
        variation["id"] = .string(id)
        variation["sku"] = data?["sku"]
        variation["name"] = data?["name"]
        variation["price"] = OrderDetailProvider.squareMoney(data?["price_money"])
        return .object(variation)
    }

    private static let variants = Variants(
        map: FieldMap([
            (.variantID, ["id"], .identifier), (.sku, ["sku"], .words), (.price, ["price"], .money),
            (.name, ["name"], .text),
        ]))

    private static let customerMap = FieldMap<CustomerField>([
        (.email, ["email_address"], .words), (.firstName, ["given_name"], .words), (.lastName, ["family_name"], .words),
        (.phone, ["phone_number"], .words), (.changedAt, ["updated_at"], .date),
    ])
}
