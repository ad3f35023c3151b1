import Webhooks

/// The fields that rules can name.
enum RuleFields {
    /// Fields of every event.
    static let ofEvent = ["source", "provider", "type", "provider_type", "subject", "shop_id"]

    /// What is wrong with a path; nil when nothing is.
    static func fault(_ path: FieldPath) -> String? {
        guard !path.steps.contains(""), let root = path.steps.first else {
            return "is no field; write for example order.status"
        }
        if ofEvent.contains(root) {
            return path.steps.count == 1 ? nil : "does not exist: \(root) has no fields of its own"
        }
        guard root == "order" else {
            return "is unknown\(Suggestion.phrase(for: root, among: ofEvent + ["order"]))"
        }
        return faultInOrder(path.steps.dropFirst())
    }

    private static func faultInOrder(_ steps: ArraySlice<String>) -> String? {
        let known = OrderField.allCases.map(\.rawValue) + ["id", "extra"]
        guard let field = steps.first else { return "must name a field of the order, such as order.status" }
        guard known.contains(field) else {
            let hint = Suggestion.nearest(to: field, among: known).map { "did you mean order.\($0)?" }
            return "is unknown; " + (hint ?? "fields that only the sender knows are order.extra.<name>")
        }
        let rest = steps.dropFirst()
        switch field {
        case "extra":
            return rest.isEmpty ? "must name a field, such as order.extra.gift_note" : nil
        case OrderField.items.rawValue:
            guard let position = rest.first else { return nil }
            guard Int(position).map({ $0 >= 0 }) ?? false else {
                return "must have a position from 0 after items, such as order.items.0.sku"
            }
            let itemFields = OrderItemField.allCases.map(\.rawValue)
            guard let itemField = rest.dropFirst().first, !itemFields.contains(itemField) else { return nil }
            return "is unknown\(Suggestion.phrase(for: itemField, among: itemFields))"
        case OrderField.shippingAddress.rawValue:
            return nil
        default:
            return rest.isEmpty ? nil : "does not exist: order.\(field) has no fields of its own"
        }
    }
}
