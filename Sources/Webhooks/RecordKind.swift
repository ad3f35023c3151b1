/// The kinds of records that events are about and that the ledger keeps. The raw value is `p_kind` of `record_2()` and the
/// first step of a rule's field; with an s it is the table.
public enum RecordKind: String, Sendable, CaseIterable {
    /// The table `orders`.
    case order
    /// The table `products`.
    case product
    /// The table `customers`.
    case customer
    /// The table `comments`.
    case comment

    /// The names of its known fields.
    public var fields: [String] {
        switch self {
        case .order: OrderField.allCases.map(\.rawValue)
        case .product: ProductField.allCases.map(\.rawValue)
        case .customer: CustomerField.allCases.map(\.rawValue)
        case .comment: CommentField.allCases.map(\.rawValue)
        }
    }
}
