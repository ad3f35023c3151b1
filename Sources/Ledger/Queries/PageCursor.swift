import Webhooks

/// The end of a page of a list sorted by time: the next page begins after it (keyset paging), so that new rows shift
/// nothing.
public struct PageCursor: Sendable, Hashable {
    /// The time of the last row.
    let at: Timestamp
    /// 2 for a handshake, 1 for an event, 0 for a refusal: the second sort key.
    let rank: Int
    /// The id of the last row.
    let id: Int64

    init(at: Timestamp, rank: Int, id: Int64) {
        self.at = at
        self.rank = rank
        self.id = id
    }

    /// Reads the text of a cursor.
    /// - Returns: nil if it is invalid.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let microseconds = Int64(parts[0]), let rank = Int(parts[1]), (0...2).contains(rank),
            let id = Int64(parts[2]), (0..<Self.end).contains(microseconds)
        else { return nil }
        self.init(at: Timestamp(microseconds: microseconds), rank: rank, id: id)
        guard self.text == text else { return nil }
    }

    /// The text.
    public var text: String { "\(at.microseconds).\(rank).\(id)" }

    /// The year 10000.
    private static let end: Int64 = 253_402_300_800_000_000
}
