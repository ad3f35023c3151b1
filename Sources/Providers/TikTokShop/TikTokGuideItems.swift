import Webhooks

extension LineItems {
    /// The guide's `items`.
    static let tikTokGuide = LineItems(
        idKeys: ["id"],
        map: FieldMap([
            (.productID, ["product_id"], \.asIdentifier), (.productName, ["product_name"], \.asText),
            (.variantID, ["sku_id"], \.asIdentifier), (.variantName, ["sku_name"], \.asText),
            (.sku, ["seller_sku"], \.asText), (.quantity, ["quantity"], \.asQuantity),
            (.unitPrice, ["sale_price"], \.asMoney), (.listPrice, ["original_price"], \.asMoney),
            (.imageURL, ["image_url"], \.asLongText),
        ]))
}
