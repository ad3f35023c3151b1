import Platform

/// A line of a table of docs/BENCHMARKS.md: what was measured with one load.
struct Measured {
    let name: String
    let perSecond: Double
    /// Milliseconds.
    let p50: Double
    let p99: Double
    /// Microseconds of processor time for each delivery.
    let responder: Double
    let postgres: Double
    let nginx: Double
    let client: Double

    struct Missing: Error, CustomStringConvertible {
        let name: String
        let path: String
        var description: String { "\(path) has no line '\(name)' with the figures of a load" }
    }

    /// - Parameters:
    ///   - name: the first column, as it is in the file.
    ///   - text: the file's text; `path` names it in errors.
    static func line(_ name: String, in text: String, path: String) throws(Missing) -> Self {
        for line in text.split(separator: "\n") where line.hasPrefix("| \(name) |") {
            let columns = line.split(separator: "|").map { $0.filter { $0 != " " } }
            guard columns.count == 10 else { continue }
            let numbers = [1, 3, 4, 5, 6, 7, 8].map { Double(columns[$0]) }
            guard let perSecond = numbers[0], let p50 = numbers[1], let p99 = numbers[2], let responder = numbers[3],
                let postgres = numbers[4], let nginx = numbers[5], let client = numbers[6]
            else { continue }
            return Self(
                name: name, perSecond: perSecond, p50: p50, p99: p99, responder: responder, postgres: postgres,
                nginx: nginx, client: client)
        }
        throw Missing(name: name, path: path)
    }
}
