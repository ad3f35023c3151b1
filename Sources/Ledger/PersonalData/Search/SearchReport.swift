public import JSON

/// The report of a search for a person.
public struct SearchReport: Sendable, Hashable {
    /// How many events and rows were read, and how many of them because they are not indexed yet.
    public internal(set) var read = 0
    /// How many of these were read one by one because they are not indexed yet.
    public internal(set) var readRowByRow = 0
    /// Why the index was not enough; nil if it was.
    public internal(set) var indexFault: String?
    /// Events and rows with a number or an address that looks like one of the person's, such as `order:17`: left alone.
    public internal(set) var nearMisses: [String] = []
    /// How many events and rows were left alone because they are another shop's.
    public internal(set) var otherShops = 0
    /// The invalid values of the request.
    public internal(set) var faults: [String] = []

    private static let mostNearMisses = 1000

    mutating func addNearMiss(_ kind: PersonDocument.Kind, _ id: Int64) {
        let name = "\(kind.name):\(id)"
        if nearMisses.count < Self.mostNearMisses, !nearMisses.contains(name) { nearMisses.append(name) }
    }

    /// One line for people.
    public var text: String {
        var parts = ["\(read) events and rows read"]
        if readRowByRow > 0 || indexFault != nil {
            parts.append("\(readRowByRow) of them row by row: \(indexFault ?? "they are newer than the index")")
        }
        if otherShops > 0 { parts.append("\(otherShops) left alone: they belong to another shop") }
        if !nearMisses.isEmpty { parts.append("\(nearMisses.count) near misses left alone") }
        return (parts + faults).joined(separator: "; ")
    }

    /// The same for programs.
    public var json: JSONValue {
        [
            "read": .number(JSONNumber(Int64(read))), "read_row_by_row": .number(JSONNumber(Int64(readRowByRow))),
            "index": indexFault.map(JSONValue.string) ?? .null,
            "other_shops": .number(JSONNumber(Int64(otherShops))),
            "near_misses": .array(nearMisses.map(JSONValue.string)), "faults": .array(faults.map(JSONValue.string)),
        ]
    }
}
