import Jobs

extension JobFilter {
    /// What narrows a list or a choice of jobs, by the names of the document.
    static let members: Set<String> = ["action", "kind", "rule", "order", "shop", "error"]

    /// What the query of a list narrows to.
    init(queryOf call: Call) throws(Problem) {
        try self.init(call) { (name) throws(Problem) in try call.query.text(name) }
        limit = try call.query.limit(most: 1000)
        after = try call.query.integer("after", 0...Int64.max) ?? 0
    }

    /// The jobs that the body of a request chooses: by ids, by what narrows, or all in as many words.
    /// - Parameters:
    ///   - what: what is chosen from, for the message.
    ///   - isNarrowed: whether a member that is none of these narrows, too.
    init(bodyOf call: Call, _ what: String, isNarrowed: Bool = false) throws(Problem) {
        let input = try call.input()
        try self.init(call) { (name) throws(Problem) in try input.text(name) }
        ids = try input.ids("ids")
        limit = Int(try input.integer("limit", 1...1000) ?? 1000)
        let isAll = try input.flag("all")
        guard !isOpen || isNarrowed || isAll else {
            throw .invalid("all", "must be true when nothing else says which \(what) are meant")
        }
        try call.demandOneShop(order, shop)
    }

    private init(_ call: Call, _ text: (String) throws(Problem) -> String?) throws(Problem) {
        self.init()
        sources = call.sources
        (action, kind, rule) = (try text("action"), try text("kind"), try text("rule"))
        (order, shop, error) = (try text("order"), try text("shop"), try text("error"))
    }
}
