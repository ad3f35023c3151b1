import Platform

/// The figures that `docs/BENCHMARKS.md` recorded, and how a new run differs from them.
struct Recorded {
    private let ratios: [String: Double]

    /// - Parameter page: the text that `BenchResult.text` once was.
    init(page: String) {
        var ratios: [String: Double] = [:]
        for line in page.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmed }
            guard cells.count == 3, let value = Self.ratio(cells[1]) else { continue }
            ratios[cells[0]] = value
        }
        self.ratios = ratios
    }

    /// A share (`0.22`) or a multiple (`3.25×`). Both are better when they are greater. Nil for times and sizes, which
    /// depend on the machine.
    static func ratio(_ cell: String) -> Double? {
        Double(cell.hasSuffix("×") ? String(cell.dropLast()) : cell)
    }

    /// The ratios that fell.
    ///
    /// - Parameters:
    ///   - rows: what was measured now, with the cells as they are written.
    ///   - share: how much of a ratio may be lost.
    /// - Returns: a sentence for each.
    /// - Throws: ``BenchFailure`` if no ratio of now is recorded, so that nothing could be compared.
    func falls(in rows: [(what: String, cell: String)], beyond share: Double) throws -> [String] {
        let pairs = rows.compactMap { row in
            Self.ratio(row.cell).flatMap { now in ratios[row.what].map { (row.what, now, $0) } }
        }
        guard !pairs.isEmpty else { throw BenchFailure("no recorded ratio to compare with") }
        return pairs.filter { $0.1 < $0.2 * (1 - share) }.map { "\($0): \(format($1)), recorded \(format($2))" }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
