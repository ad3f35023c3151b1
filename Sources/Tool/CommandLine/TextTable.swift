import JSON

/// Rows for people: columns of equal width, numbers to the right. In a terminal, long values are cut so that a row fits into
/// a line; into a pipe or a file they are whole.
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

    private struct Cell {
        let text: String
        var isNumber = false
        /// Whether a part of it would say something else, as with a number or a time.
        var isWhole = false
    }

    /// The least width that a column is cut to.
    private static let narrowest = 6
    private static let gap = "  "

    let columns: [Column]

    init(_ columns: [Column]) { self.columns = columns }

    func text(_ rows: [JSONObject], _ shape: TableShape = TableShape()) -> String {
        let cells = rows.map { row in columns.map { Self.cell($0.key, row[$0.key], shape) } }
        let widths = fitted(cells, to: shape.width)
        let heading = widths.indices.map { Self.padded(Cell(text: columns[$0].heading), widths[$0]) }
        let lines = cells.map { row in widths.indices.map { Self.padded(row[$0], widths[$0]) } }
        return ([heading] + lines).map { Self.joined($0) }.joined(separator: "\n")
    }

    private static func cell(_ key: String, _ value: JSONValue?, _ shape: TableShape) -> Cell {
        switch value {
        case nil, .null: return Cell(text: "-")
        case .number(let number): return Cell(text: number.text, isNumber: true, isWhole: true)
        case .bool(let truth): return Cell(text: truth ? "yes" : "no", isWhole: true)
        case .some(let value):
            let text = shape.text(key, value)
            let line = VisibleText.of(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
            return Cell(text: line, isWhole: TableShape.isTime(key))
        }
    }

    /// The width of each column that is shown: the widest ones are cut first. If that is not enough, the last columns are left
    /// out.
    private func fitted(_ cells: [[Cell]], to limit: Int?) -> [Int] {
        let all = columns.indices.map { index in
            max(columns[index].heading.count, cells.map { $0[index].text.count }.max() ?? 0)
        }
        guard let limit else { return all }
        for count in stride(from: all.count, to: 1, by: -1) {
            let room = limit - (count - 1) * Self.gap.count
            var widths = Array(all.prefix(count))
            let least = widths.indices.map { index in
                cells.contains { $0[index].isWhole }
                    ? widths[index] : min(widths[index], max(columns[index].heading.count, Self.narrowest))
            }
            while widths.reduce(0, +) > room {
                let cuttable = widths.indices.filter { widths[$0] > least[$0] }
                guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
            if widths.reduce(0, +) <= room { return widths }
        }
        return [min(all[0], max(limit, 1))]
    }

    private static func padded(_ cell: Cell, _ width: Int) -> String {
        let text = cell.text.count <= width ? cell.text : cell.text.prefix(width - 1) + "…"
        let space = String(repeating: " ", count: max(0, width - text.count))
        return cell.isNumber ? space + text : text + space
    }

    private static func joined(_ cells: [String]) -> String {
        var line = cells.joined(separator: gap)
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension Console {
    /// Prints rows as a table, or one JSON object a line.
    static func show(
        _ rows: [JSONObject], _ table: TextTable, _ shape: TableShape = TableShape(), asJSON: Bool, whenEmpty: String
    ) {
        if asJSON {
            for row in rows { say(JSONValue.object(row).text) }
        } else {
            say(rows.isEmpty ? whenEmpty : table.text(rows, shape))
        }
    }
}
