/// Horizontal bars as SVG, for a page that people read.
struct Chart {
    private let title: String
    private let bars: [(name: String, value: Double)]

    init(_ title: String, _ bars: [(String, Double)]) {
        self.title = title
        self.bars = bars
    }

    /// One picture of several charts, one below the other.
    ///
    /// The colours are readable on a light and on a dark page.
    static func picture(_ charts: [Chart]) -> String {
        var (lines, top) = ([String](), 0)
        for chart in charts {
            lines.append(text(0, top + 18, chart.title, "font-weight=\"bold\""))
            let longest = chart.bars.map(\.value).max() ?? 1
            for (place, bar) in chart.bars.enumerated() {
                let y = top + 30 + place * 26
                let width = max(2, Int(bar.value / longest * Double(barRoom)))
                let colour = place == 0 ? "#2f81f7" : "#8b949e"
                lines.append(text(0, y + 14, bar.name))
                lines.append(
                    "<rect x=\"\(nameRoom)\" y=\"\(y)\" width=\"\(width)\" height=\"18\" rx=\"3\" fill=\"\(colour)\"/>")
                lines.append(text(nameRoom + width + 8, y + 14, String(Int(bar.value.rounded()))))
            }
            top += 30 + chart.bars.count * 26 + 16
        }
        let width = nameRoom + barRoom + 80
        let described = charts.map(\.sentence).joined(separator: " ")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(top)" width="\(width)" height="\(top)" \
            role="img" font-family="sans-serif" font-size="14" fill="#6e7681">
            <title>\(described)</title>
            \(lines.joined(separator: "\n"))
            </svg>

            """
    }

    private static let nameRoom = 230
    private static let barRoom = 420

    /// The chart in words, for readers that see no pictures.
    private var sentence: String {
        "\(title): \(bars.map { "\($0.name) \(Int($0.value.rounded()))" }.joined(separator: ", "))."
    }

    private static func text(_ x: Int, _ y: Int, _ text: String, _ style: String = "") -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return "<text x=\"\(x)\" y=\"\(y)\" \(style)>\(escaped)</text>"
    }
}
