public import JSON

/// The effect of a request, by ids only.
public struct PersonPlan: Sendable {
    /// One affected event or row.
    public struct Line: Sendable, Hashable {
        /// Such as `order:17` or `event:4711`.
        public let what: String
        /// Why.
        public let why: String
    }

    /// All of it, rows before events.
    public let lines: [Line]
    /// The report of the search.
    public let report: SearchReport

    init(_ search: PersonSearch) {
        let rows = search.rows
        var lines: [Line] = []
        for kind in [PersonDocument.Kind.order, .customer, .comment] {
            for id in (rows.own[kind] ?? []).sorted() {
                let isNamed = rows.named.contains(PersonDocument(kind: kind, id: id))
                lines.append(Line(what: "\(kind.name):\(id)", why: isNamed ? "named by its id" : "is the person's"))
            }
            for id in (rows.quoting[kind] ?? []).sorted() {
                lines.append(Line(what: "\(kind.name):\(id)", why: "quotes the person: only the quote is removed"))
            }
        }
        for (id, share) in search.found.sorted(by: { $0.key < $1.key }) {
            let why =
                switch share {
                case .all: "is about the person"
                case .parts: "is about the person and others: only the person's part is removed"
                case .quotation: "quotes the person: only the quote is removed"
                }
            lines.append(Line(what: "event:\(id)", why: why))
        }
        self.lines = lines
        report = search.report
    }

    /// The same for programs.
    public var json: JSONValue {
        [
            "touched": .array(lines.map { ["what": .string($0.what), "why": .string($0.why)] }),
            "search": report.json,
        ]
    }
}
