import JSON
import Verification
import Webhooks

extension OrderDetailProvider {
    /// Etsy: a receipt. Source: https://developers.etsy.com/documentation/reference#operation/getShopReceipts
    static let etsy = OrderDetailProvider(
        name: "etsy_detail", scheme: .etsy, id: "receipt_id",
        time: { ($0["updated_timestamp"] ?? $0["update_timestamp"])?.secondsMoment },
        fields: { reader, object in
            var fields = etsyMap.read(&reader)
            fields[.totalAmount] = price(object["grandtotal"])
            fields[.shippingFee] = price(object["total_shipping_cost"])
            fields[.currency] = object["grandtotal"]?["currency_code"]?.asText
            let numbers = (object["shipments"]?.array ?? []).compactMap { $0["tracking_code"]?.asIdentifier }
            fields[.trackingNumber] = numbers.first
            if !numbers.isEmpty { fields[.trackingNumbers] = .array(numbers) }
            fields[.shippingAddress] = etsyAddress.address(.object(object)).map { address in
                // The receipt is flat: only the members of an address belong to it.
                var address = address.object ?? JSONObject()
                address["extra"] = nil
                return .object(address)
            }
            return fields
        },
        ranks: [
            "Open": 10, "Payment Processing": 15, "Paid": 30, "Completed": 60, "Partially Refunded": 65,
            "Fully Refunded": 70, "Canceled": 80,
        ], stages: Stage.ofEtsy)

    private static let etsyMap = FieldMap<OrderField>([
        (.status, ["status"], .identifier), (.email, ["buyer_email"], .text), (.customerName, ["name"], .text),
        (.placedAt, ["created_timestamp", "create_timestamp"], .moment),
        (.changedAt, ["updated_timestamp", "update_timestamp"], .moment), (.items, ["transactions"], .by(etsyItems)),
    ])

    private static func price(_ value: JSONValue?) -> JSONValue? {
        MinorUnits.digits(ofDivisor: value?["divisor"]).flatMap { MinorUnits.amount(value?["amount"], digits: $0) }
    }

    @Sendable private static func etsyItems(_ value: JSONValue) -> JSONValue? { etsyLines.items(value) }

    private static let etsyLines = LineItems(
        idKeys: ["transaction_id"],
        map: FieldMap([
            (.productID, ["listing_id"], .identifier), (.productName, ["title"], .text),
            (.variantID, ["product_id"], .identifier), (.sku, ["sku"], .words),
            (.quantity, ["quantity"], .quantity), (.unitPrice, ["price"], .by { price($0) }),
        ]))

    private static let etsyAddress = AddressFields(
        map: FieldMap([
            (.name, ["name"], .text), (.address1, ["first_line"], .longText),
            (.address2, ["second_line"], .longText), (.city, ["city"], .text), (.region, ["state"], .text),
            (.zip, ["zip"], .text), (.country, ["country_iso"], .text),
            (.fullAddress, ["formatted_address"], .longText),
        ]))
}
