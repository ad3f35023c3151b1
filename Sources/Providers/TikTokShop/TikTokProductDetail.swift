import JSON
import Verification
import Webhooks

extension RecordDetailProvider {
    /// A product of TikTok Shop's API. Source: https://partner.tiktokshop.com/docv2/page/search-products-202309
    public static let tikTokProduct = RecordDetailProvider(
        name: "tiktok_shop_product", scheme: .tikTokShop,
        time: { $0["update_time"]?.secondsMoment ?? $0["create_time"]?.secondsMoment },
        record: { id, reader, object in
            var fields = tikTokMap.read(&reader)
            fields[.deleted] = .bool(fields[.status] == "DELETED")
            let skus = (object["skus"]?.list ?? []).prefix(1000).compactMap { sku($0) }
            if let first = skus.first {
                fields[.sku] = first["sku"]
                fields[.price] = first["price"]
                fields[.currency] = object["skus"]?.list?.first?["price"]?["currency"]?.asText
            }
            fields[.quantity] = total(skus)
            fields[.variants] = skus.isEmpty ? nil : tikTokVariants.variants(.array(skus))
            return .product(Product(id, fields, reader))
        })

    /// A stock keeping unit with one price and the stock of all warehouses.
    private static func sku(_ value: JSONValue) -> JSONValue? {
        guard let id = value["id"]?.identifierText else { return nil }
        var sku = JSONObject()
        sku["id"] = .string(id)
        sku["sku"] = value["seller_sku"]?.asWords
        sku["price"] = (value["price"]?["sale_price"] ?? value["price"]?["tax_exclusive_price"])?.asMoney
        sku["quantity"] = total(value["inventory"]?.list ?? [])
        return .object(sku)
    }

    /// The sum of the members `quantity`; nil without one.
    private static func total(_ holders: [JSONValue]) -> JSONValue? {
        let counts = holders.prefix(1000).compactMap { $0["quantity"]?.asStock?.integer }
        return counts.isEmpty ? nil : JSONValue.number(JSONNumber(counts.reduce(0, +))).asStock
    }

    private static let tikTokMap = FieldMap<ProductField>([
        (.name, ["title"], .text), (.status, ["status"], .identifier), (.changedAt, ["update_time"], .moment),
    ])

    private static let tikTokVariants = Variants(
        map: FieldMap([
            (.variantID, ["id"], .identifier), (.sku, ["sku"], .words), (.price, ["price"], .money),
            (.quantity, ["quantity"], .stock),
        ]))
}
