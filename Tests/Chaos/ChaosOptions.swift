import Platform

/// What a run is to do.
struct ChaosOptions {
    /// The seed of the list of blows and of the load.
    var seed: UInt64 = 1
    /// How many blows.
    var blows = 1000
    /// Each kind once, and a short load.
    var isQuick = false
    /// Only the kinds whose name contains one of these.
    var only: [String] = []
    /// Whether the list of blows is printed, and nothing else happens.
    var isList = false
    /// How many deliveries begin in a second.
    var rate = 60
    /// The page that takes the figures; nil for none.
    var page: String?

    struct Usage: Error, CustomStringConvertible {
        let description = """
            usage: Chaos [--seed N] [--blows N] [--quick] [--only KIND,…] [--rate N] [--record PAGE] [--list]
            """
    }

    init(_ arguments: some Sequence<String>) throws(Usage) {
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--list": isList = true
            case "--seed": seed = try Self.number(&words)
            case "--blows": blows = Int(clamping: try Self.number(&words))
            case "--rate": rate = max(1, Int(clamping: try Self.number(&words)))
            case "--only":
                guard let list = words.popFirst() else { throw Usage() }
                only = list.split(separator: ",").map(String.init)
            case "--record":
                guard let path = words.popFirst() else { throw Usage() }
                page = path
            default: throw Usage()
            }
        }
    }

    private static func number(_ words: inout ArraySlice<String>) throws(Usage) -> UInt64 {
        guard let number = words.popFirst().flatMap({ UInt64($0) }) else { throw Usage() }
        return number
    }
}
