import Webhooks

extension LineItems {
    /// The guide's `items`.
    static let tikTokGuide = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], .identifier), (.productName, ["product_name"], .text),
            (.variantID, ["sku_id"], .identifier), (.variantName, ["sku_name"], .text),
            (.sku, ["seller_sku"], .text), (.quantity, ["quantity"], .quantity),
            (.unitPrice, ["sale_price"], .money), (.listPrice, ["original_price"], .money),
            (.imageURL, ["image_url"], .longText),
        ]))
}
