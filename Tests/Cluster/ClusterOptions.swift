/// What a run is to do.
struct ClusterOptions {
    /// The seed of the load.
    var seed: UInt64 = 1
    /// Each kind of blow once.
    var isQuick = false
    /// How often the primary is killed.
    var kills = 20
    /// How many deliveries begin in a second.
    var rate = 60
    /// The page that takes the figures; nil for none.
    var page: String?

    struct Usage: Error, CustomStringConvertible {
        let description = "usage: Cluster [--seed N] [--kills N] [--quick] [--rate N] [--record PAGE]"
    }

    init(_ arguments: some Sequence<String>) throws(Usage) {
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--quick": isQuick = true
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

    /// The blows, in their order.
    var blows: [Blow] {
        if isQuick { return [.killPostgres, .killResponderHost, .killPrimaryHost] }
        var list: [Blow] = []
        for number in 0..<kills {
            list.append(number % 2 == 0 ? .killPrimaryHost : .killPostgres)
            if number % 4 == 1 { list.append(.killResponderHost) }
            if number % 5 == 2 { list.append(.killEtcd) }
            if number % 5 == 4 { list.append(.partNodes) }
            if number % 10 == 7 { list.append(.cutPrimaryOff) }
        }
        return list
    }
}
