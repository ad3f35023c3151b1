import ArgumentParser
import JSON
import Ledger
import Platform
import Webhooks

/// `hookledger cells list`
struct CellsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the cells of the router, with their slots.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var layout: TableArguments
    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("cell"), .init("slots"), .init("away_since", "away since"), .init("ranges"),
    ])

    func run() throws {
        try reportingErrors {
            let rows = try CellMap(on: database.connect()).cells.map { Self.row($0) }
            Console.show(
                rows, Self.table, layout.shape, asJSON: json,
                whenEmpty: "The router has no cells; add one with hookledger cells add.")
        }
    }

    private static func row(_ cell: CellMap.Cell) -> JSONObject {
        let away = cell.awaySince.map { Timestamp(microseconds: $0).rfc3339 }
        var row = JSONObject()
        row["cell"] = .string(cell.name)
        row["slots"] = .number(JSONNumber(Int64(cell.slots.count)))
        row["away_since"] = away.map(JSONValue.string) ?? .null
        row["ranges"] = .string(ranges(cell.slots))
        return row
    }

    /// Numbers in order, such as `0-3 7`.
    static func ranges(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: " ")
    }
}
