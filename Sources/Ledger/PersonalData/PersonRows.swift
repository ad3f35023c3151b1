/// The rows found by a search.
struct PersonRows: Sendable {
    /// Those that are the person's.
    private(set) var own: [PersonDocument.Kind: Set<Int64>] = [:]
    /// Other people's rows that quote the person.
    private(set) var quoting: [PersonDocument.Kind: Set<Int64>] = [:]
    /// Orders named in the request: they are meant as a whole, even if they name others.
    private(set) var named: Set<PersonDocument> = []
    /// The sender's names of the person's rows.
    private(set) var names: [PersonDocument: String] = [:]
    /// The names of the person's rows in other events, such as the shipments of an order: `order:1001`; also the
    /// person's carts.
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
