import Ledger

/// How much of what is refused may be looked at and written within a second, so that a flood of forgeries costs little: a pure
/// value. The database keeps the budgets of each source (keep_refused()).
struct QuarantineRoom: Sendable {
    /// A source and the network of a peer.
    struct Peer: Hashable, Sendable {
        let source: String
        let peer: String
    }

    /// What one second allows a source.
    struct Share: Sendable {
        let rows: Int
        let bytes: Int

        /// Of peers that have sent no verified delivery.
        static let strangers = Share(rows: 50, bytes: 1 << 20)
        /// Of peers that have.
        static let known = Share(rows: 500, bytes: 8 << 20)
    }

    /// How long strangers' deliveries of a source are left out after the database had no room for them, in nanoseconds.
    static let pause: Int64 = 60_000_000_000
    /// The most bytes that wait to be written, of all sources.
    private static let mostWaiting = 32 << 20
    /// The most peers that are remembered, of all sources.
    private static let mostPeers = 65_536

    private struct Use {
        var rows = 0
        var bytes = 0
    }

    private var known: Set<Peer> = []
    private var new: [Peer] = []
    private var used: [Bool: [String: Use]] = [:]
    private var waiting = 0
    private var full: [String: Int64] = [:]

    /// Remembers a peer that sent a verified delivery.
    mutating func saw(_ peer: Peer) {
        guard known.count < Self.mostPeers, known.insert(peer).inserted else { return }
        new.append(peer)
    }

    /// Remembers peers that the database knows.
    mutating func knows(_ peers: [Peer]) { known.formUnion(peers.prefix(Self.mostPeers - known.count)) }

    /// Reserves room for a delivery.
    /// - Parameters:
    ///   - bytes: about how many it takes.
    ///   - now: monotonic nanoseconds.
    /// - Returns: false if there is none.
    mutating func take(_ peer: Peer, bytes: Int, at now: Int64) -> Bool {
        let isKnown = known.contains(peer)
        if !isKnown, let end = full[peer.source], now < end { return false }
        let share = isKnown ? Share.known : .strangers
        var use = used[isKnown]?[peer.source] ?? Use()
        guard use.rows < share.rows, use.bytes + bytes <= share.bytes, waiting + bytes <= Self.mostWaiting else {
            return false
        }
        use.rows += 1
        use.bytes += bytes
        waiting += bytes
        used[isKnown, default: [:]][peer.source] = use
        return true
    }

    /// What waited is written now: a new second begins.
    /// - Returns: the peers that the database does not know yet.
    mutating func begin() -> [Peer] {
        used = [:]
        waiting = 0
        defer { new = [] }
        return new
    }

    /// The database has no room for strangers of these sources.
    mutating func isFull(_ sources: [String], at now: Int64) {
        for source in sources { full[source] = now + Self.pause }
    }

    /// Peers that could not be noted are noted later.
    mutating func forget(_ peers: [Peer]) { known.subtract(peers) }
}
