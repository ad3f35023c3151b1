/// What a run under faults is to do.
public struct FaultOptions: Sendable {
    /// The seed of the load.
    public private(set) var seed: UInt64 = 1
    /// Little of everything.
    public private(set) var isQuick = false
    /// How often something is killed.
    public private(set) var kills: Int
    /// How many deliveries begin in a second.
    public private(set) var rate = 60
    /// The page that takes the figures; nil for none.
    public private(set) var page: String?

    /// A wrong use of the program.
    public struct Usage: Error, CustomStringConvertible {
        /// The right use.
        public let description = "options: [--seed N] [--kills N] [--quick] [--rate N] [--record PAGE]"
    }

    /// - Parameters:
    ///   - kills: the usual number.
    ///   - quickKills: that of a quick run.
    public init(_ arguments: some Sequence<String>, kills: Int, quickKills: Int) throws(Usage) {
        var (words, given) = (Array(arguments)[...], Int?.none)
        self.kills = kills
        while let word = words.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--seed": seed = UInt64(try Self.number(&words))
            case "--kills": given = try Self.number(&words)
            case "--rate": rate = max(1, try Self.number(&words))
            case "--record":
                guard let path = words.popFirst() else { throw Usage() }
                page = path
            default: throw Usage()
            }
        }
        self.kills = given ?? (isQuick ? quickKills : kills)
    }

    private static func number(_ words: inout ArraySlice<String>) throws(Usage) -> Int {
        guard let number = words.popFirst().flatMap({ Int($0) }), number >= 0 else { throw Usage() }
        return number
    }
}
