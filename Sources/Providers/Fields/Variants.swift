import JSON

/// A sender's variants of a product.
struct Variants: Sendable {
    /// The keys of one element of `ProductField.variants`.
    enum Key: String, Sendable {
        case variantID = "variant_id"
        case sku, price, quantity, name
    }

    let map: FieldMap<Key>

    /// The variants; what else came of them is in the raw body.
    /// - Returns: nil for what is no array of at most 1,000 objects.
    @Sendable func variants(_ value: JSONValue) -> JSONValue? {
        guard let elements = value.array, elements.count <= 1000 else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        return .array(
            objects.map { object in
                var reader = FieldReader(object)
                return .object(JSONObject(map.read(&reader)))
            })
    }
}
