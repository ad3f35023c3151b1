import JSON
import Verification
import Webhooks

extension RecordDetailProvider {
    /// BigCommerce's V3 product with its variants. Source: https://developer.bigcommerce.com/docs/rest-catalog/products
    public static let bigCommerceProduct = RecordDetailProvider(
        name: "bigcommerce_product", scheme: .bigCommerce, time: { modified($0) },
        record: { id, reader, object in
            var fields = productMap.read(&reader)
            fields[.imageURL] = object["images"]?.list?.first?["url_standard"]?.asLongText
            fields[.url] = object["custom_url"]?["url"]?.asLongText
            fields[.deleted] = false
            return .product(Product(id, fields, reader))
        })

    /// BigCommerce's V3 customer. Source: https://developer.bigcommerce.com/docs/rest-management/customers
    public static let bigCommerceCustomer = RecordDetailProvider(
        name: "bigcommerce_customer", scheme: .bigCommerce, time: { modified($0) },
        record: { id, reader, object in
            var fields = customerMap.read(&reader)
            fields[.address] = object["addresses"]?.list?.first.flatMap(address.address)
            return .customer(Customer(id, fields, reader))
        })

    private static func modified(_ object: JSONObject) -> Timestamp? {
        (object["date_modified"] ?? object["date_created"])?.moment
    }

    private static let productMap = FieldMap<ProductField>([
        (.name, ["name"], .text), (.description, ["description"], .prose), (.price, ["price"], .money),
        (.sku, ["sku"], .words), (.quantity, ["inventory_level"], .stock), (.status, ["availability"], .text),
        (.changedAt, ["date_modified"], .date), (.variants, ["variants"], .by(variants.variants)),
    ])

    private static let variants = Variants(
        map: FieldMap([
            (.variantID, ["id"], .identifier), (.sku, ["sku"], .words),
            (.price, ["price", "calculated_price"], .money),
            (.quantity, ["inventory_level"], .stock),
        ]))

    private static let customerMap = FieldMap<CustomerField>([
        (.email, ["email"], .words), (.firstName, ["first_name"], .words), (.lastName, ["last_name"], .words),
        (.phone, ["phone"], .words), (.changedAt, ["date_modified"], .date),
    ])

    private static let address = AddressFields(
        map: FieldMap([
            (.phone, ["phone"], .words), (.address1, ["address1"], .longText), (.address2, ["address2"], .longText),
            (.city, ["city"], .text), (.region, ["state_or_province"], .text), (.zip, ["postal_code"], .text),
            (.country, ["country_code"], .text),
        ]))
}
