/// What a run is to do.
struct CellsOptions {
    /// The seed of the load.
    var seed: UInt64 = 1
    /// Little of everything.
    var isQuick = false
    /// How often a cell's Postgres is killed.
    var kills = 100
    /// How many deliveries begin in a second.
    var rate = 60
    /// The page that takes the figures; nil for none.
    var page: String?

    struct Usage: Error, CustomStringConvertible {
        let description = "usage: Cells [--seed N] [--kills N] [--quick] [--rate N] [--record PAGE]"
    }

    init(_ arguments: some Sequence<String>) throws(Usage) {
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--quick": (isQuick, kills) = (true, 2)
            case "--seed": seed = UInt64(try Self.number(&words))
            case "--kills": kills = try Self.number(&words)
            case "--rate": rate = max(1, try Self.number(&words))
            case "--record":
                guard let path = words.popFirst() else { throw Usage() }
                page = path
            default: throw Usage()
            }
        }
    }

    private static func number(_ words: inout ArraySlice<String>) throws(Usage) -> Int {
        guard let number = words.popFirst().flatMap({ Int($0) }), number >= 0 else { throw Usage() }
        return number
    }

    /// Rounds of each side, and the deliveries of one.
    var costRounds: Int { isQuick ? 3 : 12 }
    var costDeliveries: Int { isQuick ? 1024 : 4096 }
}
