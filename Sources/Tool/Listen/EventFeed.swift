import JSON
import Webhooks

/// A source of live events: the database itself, or the REST API of a server.
protocol EventFeed {
    /// The current cursor: earlier events are not requested.
    func now() throws(FeedFailure) -> String
    /// The events stored since, oldest first.
    /// - Throws: `FeedFailure.stale` if the database was restored or failed over since.
    func events(after cursor: String) throws(FeedFailure) -> FeedPage
    /// The events and handshakes received since that time, oldest first: at most the newest `FeedPage.mostByTime`.
    func events(since time: Timestamp) throws(FeedFailure) -> [FeedItem]
    /// One of them as it was sent; nil when it is deleted.
    func event(_ item: FeedItem) throws(FeedFailure) -> LiveEvent?
}

/// A stored item to forward.
struct FeedItem: Hashable {
    enum Kind: String {
        /// An event.
        case event
        /// A ping, a challenge or a portal's test.
        case handshake
        /// An event that was run again unchanged.
        case replay
    }

    let kind: Kind
    /// The id of the event or of the handshake.
    let id: Int64
    /// When it was received, as the feed writes it: after a failover an id may be given to another event.
    var receivedAt = ""
    /// The run of a replay.
    var run: String?

    /// Its name in the file of a cursor; for events the bare number.
    var key: String {
        switch kind {
        case .event: "\(id)"
        case .handshake: "handshake:\(id)"
        case .replay: "replay:\(id):\(run ?? "")"
        }
    }

    /// Its name for people.
    var name: String { kind == .replay ? "replay of event \(id)" : "\(kind.rawValue) \(id)" }

    init(kind: Kind, id: Int64, receivedAt: String = "", run: String? = nil) {
        self.kind = kind
        self.id = id
        self.receivedAt = receivedAt
        self.run = run
    }

    /// A row of a list of deliveries; nil for refusals.
    init?(_ row: JSONValue) {
        guard let kind = row["kind"]?.string.flatMap(Kind.init), let id = row["id"]?.integer else { return nil }
        self.init(
            kind: kind, id: id, receivedAt: row["received_at"]?.string ?? "",
            run: kind == .replay ? row["reason"]?.string : nil)
    }
}

/// A page of the items stored since a cursor.
struct FeedPage {
    /// What was stored, in order.
    let items: [FeedItem]
    /// Where the next page begins.
    let cursor: String
    /// Whether there is more right now.
    let hasMore: Bool

    /// The most items that a list by time has.
    static let mostByTime = 10_000
}

/// A stored event to forward.
struct LiveEvent {
    let item: FeedItem
    let source: String
    let provider: String
    let type: String
    let subject: String?
    let method: String
    let path: String
    let query: String
    let headers: HeaderFields
    let body: [UInt8]
    /// Whether its sender signed it; an unsigned one is forwarded unsigned.
    var isSigned = true
    /// The run of which it came, where an operator replayed it.
    var run: String?

    /// The header fields that mark anything but an event's first delivery.
    var marks: [(name: String, value: String)] {
        switch item.kind {
        case .handshake: [("x-hookledger-handshake", isSigned ? "signed" : "unsigned")]
        case .event, .replay:
            [("x-hookledger-event", String(item.id))] + (run.map { [("x-hookledger-replay", $0)] } ?? [])
        }
    }
}

/// Why a feed gives nothing.
enum FeedFailure: Error, CustomStringConvertible {
    /// It is away for now; after that time it may be asked again.
    case away(String, retryAfter: Duration? = nil)
    /// Asking again does not help.
    case refused(String)
    /// The cursor is from before a restore or a failover of the database.
    case stale

    var description: String {
        switch self {
        case .away(let text, _), .refused(let text): text
        case .stale: "the database was restored or failed over since the cursor"
        }
    }
}
