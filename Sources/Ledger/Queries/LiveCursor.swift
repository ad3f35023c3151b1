/// The position of a live view: a snapshot of the database (Postgres documentation, 9.27.11 "pg_snapshot"), not a time
/// or an id. A late commit is not in the snapshot, so it is shown later; a shown row is in it, so it is shown once.
///
/// A snapshot is valid in one history of one cluster: the cursor names it (`cluster_era()`), and after a restore or a
/// failover it is stale.
///
/// A response with too many rows says how far it got: then the next one continues from there, up to the snapshot of the
/// first.
public struct LiveCursor: Sendable, Hashable {
    /// How far an answer got, in the order of transactions, kinds (refusals first), ids.
    struct Place: Sendable, Hashable {
        let transaction: UInt64
        let rank: Int
        let id: Int64
    }

    /// The history that it belongs to; nil in cursors of the previous version, which are not checked.
    let era: String?
    /// What has been seen.
    let seen: String
    /// What is being shown, and how far.
    let showing: (until: String, after: Place)?

    init(era: String?, seen: String, showing: (until: String, after: Place)? = nil) {
        self.era = era
        self.seen = seen
        self.showing = showing
    }

    /// More would not fit into the line of a request.
    private static let longest = 6000

    /// Reads the text of a cursor.
    /// - Returns: nil if it is invalid.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        var parts = text.split(separator: "-", omittingEmptySubsequences: false)
        var era: String?
        if parts.count.isMultiple(of: 2) {
            era = Self.era(parts.removeFirst())
            if era == nil { return nil }
        }
        guard parts.count == 1 || parts.count == 3, let seen = Self.snapshot(parts[0]) else { return nil }
        guard parts.count == 3 else {
            self.init(era: era, seen: seen)
            return
        }
        let place = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard let until = Self.snapshot(parts[1]), place.count == 3, let transaction = Self.number(place[0]),
            transaction > 0,
            let rank = Self.number(place[1]).map({ Int($0) }), (0...3).contains(rank),
            let id = Self.number(place[2]).map({ Int64($0) }), id > 0
        else { return nil }
        self.init(era: era, seen: seen, showing: (until, Place(transaction: transaction, rank: rank, id: id)))
    }

    /// The text: digits, `:`, `.` and `-`, so that it needs no escaping in a URL.
    public var text: String {
        let seen = (era.map { $0 + "-" } ?? "") + seen.replacing(",", with: ".")
        guard let showing else { return seen }
        let (until, place) = (showing.until.replacing(",", with: "."), showing.after)
        return "\(seen)-\(until)-\(place.transaction).\(place.rank).\(place.id)"
    }

    /// A snapshot as Postgres takes it, `xmin:xmax:xip,…`; invalid parts are rejected here, because Postgres would
    /// report them as an error of the statement.
    private static func snapshot(_ text: Substring) -> String? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = number(parts[0]), let end = number(parts[1]), first > 0 else { return nil }
        var running: [UInt64] = []
        if !parts[2].isEmpty {
            for part in parts[2].split(separator: ".", omittingEmptySubsequences: false) {
                guard let id = number(part) else { return nil }
                if id >= running.last.map({ $0 + 1 }) ?? first, id < end { running.append(id) }
            }
        }
        return "\(first):\(max(first, end)):\(running.map(String.init).joined(separator: ","))"
    }

    /// A system identifier and a timeline, as digits.
    private static func era(_ text: Substring) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ UInt64($0).map(String.init) == String($0) }) else { return nil }
        return String(text)
    }

    /// A transaction's number: of at most 18 digits, the first no 0.
    private static func number(_ text: Substring) -> UInt64? {
        UInt64(text).flatMap { text.utf8.count <= 18 && String($0) == text ? $0 : nil }
    }

    /// The same text.
    public static func == (a: LiveCursor, b: LiveCursor) -> Bool { a.text == b.text }

    /// By the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
