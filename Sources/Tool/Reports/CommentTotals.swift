import JSON

/// Events about comments, counted: the guide's statistics.
struct CommentTotals {
    private(set) var total: Int64 = 0
    private var byType = JSONObject()
    private var byAction = JSONObject()
    private var range: (start: String, end: String)?

    /// Counts events of one type and action, received between two moments in RFC 3339 and UTC.
    mutating func add(type: String, action: String, count: Int64, from start: String, to end: String) {
        total += count
        byType[type] = .number(JSONNumber((byType[type]?.integer ?? 0) + count))
        byAction[action] = .number(JSONNumber((byAction[action]?.integer ?? 0) + count))
        // Texts of one form: their order is that of the moments.
        range = (min(range?.start ?? start, start), max(range?.end ?? end, end))
    }

    var json: JSONValue {
        [
            "total_events": .number(JSONNumber(total)), "by_type": .object(byType), "by_action": .object(byAction),
            "time_range": range.map { ["start": .string($0.start), "end": .string($0.end)] } ?? .null,
        ]
    }

    func text(_ time: TimeShape) -> String {
        var lines = ["Webhook Event Analysis", String(repeating: "=", count: 50), "Total events: \(total)"]
        for (heading, counts) in [("By event type", byType), ("By action", byAction)] where !counts.isEmpty {
            lines += ["", "\(heading):"] + counts.members.map { "  \($0.key): \($0.value.text)" }
        }
        if let range {
            lines += ["", "Time range:", "  Start: \(time.text(range.start))", "  End: \(time.text(range.end))"]
        }
        return lines.joined(separator: "\n")
    }
}
