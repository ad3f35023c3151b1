import Webhooks

/// The fields that rules can name.
enum RuleFields {
    /// Fields of every event.
    static let ofEvent = ["source", "provider", "type", "provider_type", "subject", "shop_id"]

    /// Fields of the event itself, such as `event.origin`.
    static let ofEventItself = ["origin"]

    /// The fault of a path; nil if it is valid.
    static func fault(_ path: FieldPath) -> String? {
        guard !path.steps.contains(""), let root = path.steps.first else {
            return "is not a field; write for example order.status"
        }
        if ofEvent.contains(root) {
            return path.steps.count == 1 ? nil : "does not exist: \(root) has no fields of its own"
        }
        if root == "event" { return faultOfEvent(path.steps.dropFirst()) }
        guard let fields = ofRecords[root] else {
            return "is unknown\(Suggestion.phrase(for: root, among: ofEvent + ["event"] + ofRecords.keys.sorted()))"
        }
        return fault(in: root, path.steps.dropFirst(), known: fields + ["id", "extra"])
    }

    private static func faultOfEvent(_ steps: ArraySlice<String>) -> String? {
        guard let field = steps.first else { return "must name a field of the event, such as event.origin" }
        guard ofEventItself.contains(field) else {
            return "is unknown\(Suggestion.phrase(for: field, among: ofEventItself + ["verified"]))"
        }
        return steps.count == 1 ? nil : "does not exist: event.\(field) has no fields of its own"
    }

    /// The fault of a valid path as a field that an event can change; nil if there is none.
    static func faultOfChanging(_ path: FieldPath) -> String? {
        guard let root = path.steps.first, ofRecords[root] != nil else {
            return "never changes: write a field of a record, such as order.status"
        }
        return path.steps.dropFirst().first == "id" ? "never changes" : nil
    }

    /// The fields of the records that an event can be about, by the record's kind.
    static let ofRecords = Dictionary(uniqueKeysWithValues: RecordKind.allCases.map { ($0.rawValue, $0.fields) })

    /// The fields that hold objects with any members.
    private static let objects = [OrderField.shippingAddress.rawValue, CustomerField.address.rawValue]

    private static func fault(in root: String, _ steps: ArraySlice<String>, known: [String]) -> String? {
        guard let field = steps.first else { return "must name a field of the \(root), such as \(root).\(known[0])" }
        guard known.contains(field) else {
            let hint = Suggestion.nearest(to: field, among: known).map { "did you mean \(root).\($0)?" }
            return "is unknown; " + (hint ?? "fields that only the sender knows are \(root).extra.<name>")
        }
        let rest = steps.dropFirst()
        switch field {
        case "extra":
            return rest.isEmpty ? "must name a field, such as \(root).extra.gift_note" : nil
        case OrderField.items.rawValue:
            return faultInList(root, field, rest, members: OrderItemField.allCases.map(\.rawValue))
        case ProductField.variants.rawValue:
            return faultInList(root, field, rest, members: ["variant_id", "sku", "price", "quantity", "name"])
        default:
            return rest.isEmpty || objects.contains(field)
                ? nil : "does not exist: \(root).\(field) has no fields of its own"
        }
    }

    private static func faultInList(
        _ root: String, _ field: String, _ steps: ArraySlice<String>, members: [String]
    ) -> String? {
        guard let position = steps.first else { return nil }
        guard Int(position).map({ $0 >= 0 }) ?? false else {
            return "must have a position from 0 after \(field), such as \(root).\(field).0.sku"
        }
        guard let member = steps.dropFirst().first, !members.contains(member) else { return nil }
        return "is unknown\(Suggestion.phrase(for: member, among: members))"
    }
}
