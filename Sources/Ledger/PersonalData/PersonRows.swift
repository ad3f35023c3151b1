/// The rows that a search has found.
struct PersonRows: Sendable {
    /// Those that are the person's.
    private(set) var own: [PersonDocument.Kind: Set<Int64>] = [:]
    /// Those of others that quote the person.
    private(set) var quoting: [PersonDocument.Kind: Set<Int64>] = [:]
    /// Orders that the request names: all of them is meant, whoever else is named in it.
    private(set) var named: Set<PersonDocument> = []
    /// What the sender calls the person's rows.
    private(set) var names: [PersonDocument: String] = [:]
    /// What other events call the person's rows, such as the shipments of an order: `order:1001`; also the person's carts.
    var subjects: Set<String> = []

    /// `orders.id`.
    var orders: Set<Int64> { own[.order] ?? [] }
    /// `customers.id`.
    var customers: Set<Int64> { own[.customer] ?? [] }
    /// `comments.id`.
    var comments: Set<Int64> { own[.comment] ?? [] }

    func owns(_ row: PersonDocument) -> Bool { own[row.kind]?.contains(row.id) == true }
    func isKnown(_ row: PersonDocument) -> Bool { owns(row) || quoting[row.kind]?.contains(row.id) == true }

    /// - Returns: whether it is new.
    mutating func insert(_ row: PersonDocument, name: String, isNamed: Bool = false) -> Bool {
        if isNamed { named.insert(row) }
        names[row] = name
        quoting[row.kind]?.remove(row.id)
        return own[row.kind, default: []].insert(row.id).inserted
    }

    mutating func insertQuoting(_ row: PersonDocument) {
        if !owns(row) { quoting[row.kind, default: []].insert(row.id) }
    }
}
