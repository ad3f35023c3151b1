import JSON

/// Rows for people: columns of equal width, numbers to the right, long values cut.
struct TextTable {
    /// A column: the key of each row's object, and its heading.
    struct Column {
        let key: String
        let heading: String

        init(_ key: String, _ heading: String? = nil) {
            self.key = key
            self.heading = heading ?? key
        }
    }

    private static let widest = 60

    let columns: [Column]

    init(_ columns: [Column]) { self.columns = columns }

    func text(_ rows: [JSONObject]) -> String {
        let cells = rows.map { row in columns.map { Self.cell(row[$0.key]) } }
        let widths = columns.indices.map { index in
            max(columns[index].heading.count, cells.map { $0[index].text.count }.max() ?? 0)
        }
        let heading = columns.indices.map { Self.padded(columns[$0].heading, widths[$0], right: false) }
        let lines = cells.map { row in
            row.indices.map { Self.padded(row[$0].text, widths[$0], right: row[$0].isNumber) }
        }
        return ([heading] + lines).map { Self.joined($0) }.joined(separator: "\n")
    }

    private static func cell(_ value: JSONValue?) -> (text: String, isNumber: Bool) {
        switch value {
        case nil, .null: return ("-", false)
        case .number(let number): return (number.text, true)
        case .bool(let truth): return (truth ? "yes" : "no", false)
        case .some(let value):
            let line = VisibleText.of(
                String((value.string ?? value.text).map { $0.isNewline || $0 == "\t" ? " " : $0 }))
            return (line.count <= widest ? line : line.prefix(widest - 1) + "…", false)
        }
    }

    private static func padded(_ text: String, _ width: Int, right: Bool) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return right ? space + text : text + space
    }

    private static func joined(_ cells: [String]) -> String {
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension Console {
    /// Prints rows as a table, or one JSON object a line.
    static func show(_ rows: [JSONObject], _ table: TextTable, asJSON: Bool, whenEmpty: String) {
        if asJSON {
            for row in rows { say(JSONValue.object(row).text) }
        } else {
            say(rows.isEmpty ? whenEmpty : table.text(rows))
        }
    }
}
