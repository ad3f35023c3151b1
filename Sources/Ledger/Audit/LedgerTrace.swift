public import Webhooks

/// What the responder says in a header of its answer about the place of a delivery. nginx logs it and passes it to nobody;
/// the audit looks there.
public enum LedgerTrace: Sendable, Hashable {
    /// The delivery is this event.
    case stored(Int64, receivedAt: Timestamp)
    /// The delivery repeats this event.
    case duplicate(Int64)
    /// The delivery is in the spool of this host.
    case spooled
    /// A ping, a challenge or a portal's test: it makes no event.
    case handshake

    /// The name of the header (nginx/snippets/hookledger-hook-pool.conf).
    public static let header = "X-Hookledger-Ledger"

    /// One word.
    public var text: String {
        switch self {
        case .stored(let id, let receivedAt): "stored:\(id):\(receivedAt.microseconds)"
        case .duplicate(let id): "duplicate:\(id)"
        case .spooled: "spooled"
        case .handshake: "handshake"
        }
    }

    /// - Returns: nil for another word.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("stored", 3):
            guard let id = Int64(parts[1]), let at = Int64(parts[2]) else { return nil }
            self = .stored(id, receivedAt: Timestamp(microseconds: at))
        case ("duplicate", 2):
            guard let id = Int64(parts[1]) else { return nil }
            self = .duplicate(id)
        case ("spooled", 1): self = .spooled
        case ("handshake", 1): self = .handshake
        default: return nil
        }
    }
}
