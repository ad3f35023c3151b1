/// Lines of a table in Markdown.
enum Row {
    static func head(_ columns: [String]) -> String {
        text(columns) + "\n|" + String(repeating: "---|", count: columns.count)
    }

    static func text(_ columns: [String]) -> String { "| " + columns.joined(separator: " | ") + " |" }

    /// Three digits that count, as a rate of a model deserves.
    static func rate(_ value: Double) -> String {
        var whole = Int(value.rounded())
        var unit = 1
        while whole >= 1000 * unit { unit *= 10 }
        whole = (whole + unit / 2) / unit * unit
        var digits = String(whole)
        var grouped = ""
        while digits.count > 3 {
            grouped = "," + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return digits + grouped
    }

    static func number(_ value: Double) -> String {
        value.isFinite ? String((value * 10).rounded() / 10) : "–"
    }

    /// By how much a value is above another one.
    static func difference(_ value: Double, from other: Double) -> String {
        "\(Int(((value / other - 1) * 100).rounded())) %"
    }

    static func share(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
}
