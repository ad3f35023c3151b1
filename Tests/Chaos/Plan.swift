import FaultSupport
import Platform

/// The list of blows of a seed: the same seed, the same list.
struct Plan {
    let blows: [Blow]
    /// What this machine cannot do, with the reason.
    let skipped: [String]

    init(_ options: FaultOptions, disks: Disks) {
        var skipped: [String] = []
        let kinds = Blow.all.filter { blow in
            let isAsked = options.only.isEmpty || options.only.contains { blow.kind.contains($0) }
            switch blow.need {
            case _ where !isAsked: return false
            case .ownFileSystems where disks.reason != nil:
                skipped.append("\(blow.kind): \(disks.reason ?? "")")
                return false
            case .nothing, .ownFileSystems: return true
            }
        }
        var chance = SplitMix64(seed: options.seed)
        var list: [Blow] = []
        if options.isQuick {
            list = kinds.shuffled(using: &chance)
        } else {
            let deck = kinds.flatMap { [Blow](repeating: $0, count: $0.weight) }
            while list.count < options.count, !deck.isEmpty { list += deck.shuffled(using: &chance) }
            list = Array(list.prefix(options.count))
        }
        (blows, self.skipped) = (list, skipped)
    }
}
