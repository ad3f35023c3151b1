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

    init(_ rows: PersonRows, events: Set<Int64>, quoting: Set<Int64>, report: SearchReport) {
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
        lines += events.sorted().map { Line(what: "event:\($0)", why: "is about the person") }
        lines += quoting.sorted().map { Line(what: "event:\($0)", why: "quotes the person: only that goes") }
        self.lines = lines
        self.report = report
    }

    /// The same for programs.
    public var json: JSONValue {
        [
            "touched": .array(lines.map { ["what": .string($0.what), "why": .string($0.why)] }),
            "search": report.json,
        ]
    }
}
