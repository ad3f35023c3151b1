import JSON
import Webhooks

/// Where live events come from: the database itself, or the REST API of a server.
protocol EventFeed {
    /// The cursor of this moment: what is stored before it is not asked for.
    func now() throws(FeedFailure) -> String
    /// What was stored since, the oldest first.
    func events(after cursor: String) throws(FeedFailure) -> FeedPage
    /// One of them as it came; nil when it is not kept any more.
    func event(_ item: FeedItem) throws(FeedFailure) -> LiveEvent?
}

/// Something that was stored and is to be sent on.
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
    /// The run of a replay.
    var run: String?

    /// What it is called in the file of a cursor; of events the bare number.
    var key: String {
        switch kind {
        case .event: "\(id)"
        case .handshake: "handshake:\(id)"
        case .replay: "replay:\(id):\(run ?? "")"
        }
    }

    /// What it is called by a person.
    var name: String { kind == .replay ? "replay of event \(id)" : "\(kind.rawValue) \(id)" }

    init(kind: Kind, id: Int64, run: String? = nil) {
        self.kind = kind
        self.id = id
        self.run = run
    }

    /// A row of a list of deliveries; nil for refusals.
    init?(_ row: JSONValue) {
        guard let kind = row["kind"]?.string.flatMap(Kind.init), let id = row["id"]?.integer else { return nil }
        self.init(kind: kind, id: id, run: kind == .replay ? row["reason"]?.string : nil)
    }
}

/// A part of what was stored since a cursor.
struct FeedPage {
    /// What was stored, in order.
    let items: [FeedItem]
    /// Where the next page begins.
    let cursor: String
    /// Whether there is more right now.
    let hasMore: Bool
}

/// A stored event that is to be sent on.
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
    /// Whether its sender signed it; what came without a signature goes on without one.
    var isSigned = true
    /// The run of which it came, where an operator replayed it.
    var run: String?

    /// The header fields that mark what is no first delivery of an event.
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

    var description: String {
        switch self {
        case .away(let text, _), .refused(let text): text
        }
    }
}
