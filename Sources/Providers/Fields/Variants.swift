import JSON
import Webhooks

/// A sender's variants of a product.
struct Variants: Sendable {
    /// The keys of one element of `ProductField.variants`.
    enum Key: String, Sendable {
        case variantID = "variant_id"
        case sku, price, quantity, name
    }

    private let map: FieldMap<Key>

    /// - Parameter map: none of the members is in two rows.
    init(map: FieldMap<Key>) { self.map = map.inStoredOrder }

    /// The variants; the rest of them is in the raw body. Nulls among them are skipped.
    /// - Returns: nil if it is not a list of at most 1,000 objects.
    @Sendable func variants(_ value: JSONValue) -> JSONValue? {
        guard let elements = value.list?.filter({ !$0.isNull }), elements.count <= 1000 else { return nil }
        let objects = elements.compactMap(\.object)
        guard objects.count == elements.count else { return nil }
        var unread: [String] = []
        var composer = JSONComposer(objects: objects.count, size: 128)
        for object in objects {
            var reader = FieldReader(object)
            composer.begin()
            map.write(&reader, to: &composer)
            composer.end()
            for name in reader.unread where !unread.contains(name) { unread.append(name) }
        }
        var variants = composer.finished()
        var mark = JSONObject()
        mark.hand(on: unread)
        if !mark.isEmpty { variants.append(.object(mark)) }
        return .array(variants)
    }
}
