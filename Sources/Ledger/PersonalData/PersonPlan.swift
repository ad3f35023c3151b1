public import JSON

/// What a request would touch, by ids alone.
public struct PersonPlan: Sendable {
    /// One thing that would be touched.
    public struct Line: Sendable, Hashable {
        /// Such as `order:17` or `event:4711`.
        public let what: String
        /// Why.
        public let why: String
    }

    /// All of it, rows before events.
    public let lines: [Line]
    /// How the search went.
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
                lines.append(Line(what: "\(kind.name):\(id)", why: "quotes the person: only that goes"))
            }
        }
        for (id, share) in search.found.sorted(by: { $0.key < $1.key }) {
            let why =
                switch share {
                case .all: "is about the person"
                case .parts: "is about the person and others: only the person's part goes"
                case .quotation: "quotes the person: only that goes"
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
