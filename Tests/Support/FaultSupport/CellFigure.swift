/// The lines of the table of `make cells` that the model of larger layouts reads (`make scaling`), by their names.
public enum CellFigure: String, Sendable {
    /// Processor time of Postgres for a delivery, in µs.
    case one = "one database, a delivery"
    /// The same in the cells.
    case cells = "four cells, together"
    /// What a cell needs for a delivery beside one database, in µs: ids with slots.
    case slots = "of which: the slots are looked up, and ids carry them"
    /// The same: arrays as text.
    case text = "of which: PL/Proxy sends the arrays as text"
    /// The router's processor time for a delivery, in µs.
    case router = "the router, beside that"
    /// The processor time of the program that sent the batches, for a delivery, in µs.
    case sender = "the program that sends the batches"
    /// Deliveries a second of one sender.
    case rateOfOne = "deliveries a second of one sender to one database"
    case rateOfCells = "deliveries a second of one sender to four cells"
    /// How many deliveries its batches have.
    case batchOfOne = "deliveries of a batch to one database"
    case batchOfCells = "deliveries of a batch to four cells"
    case processors = "processors of the machine"

    /// The line of a table.
    public func line(_ value: String, _ more: String = "") -> String { "| \(rawValue) | \(value)\(more) |" }

    /// A page has no such line.
    public struct Missing: Error, CustomStringConvertible {
        /// For people.
        public let description: String
    }

    /// The number in the line of this name.
    /// - Parameters:
    ///   - text: the page; `path` names it in errors.
    public func number(in text: String, path: String) throws(Missing) -> Double {
        for line in text.split(separator: "\n") where line.hasPrefix("| \(rawValue) |") {
            let value = line.dropFirst("| \(rawValue) |".count).split(separator: " ").first.map(String.init) ?? ""
            if let number = Double(value) { return number }
        }
        throw Missing(
            description: "\(path) has no line '\(rawValue)' with a number: make cells ONLY=cost RECORD=1 writes it")
    }
}
