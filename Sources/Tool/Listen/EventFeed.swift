import JSON
import Webhooks

/// Where live events come from: the database itself, or the REST API of a server.
protocol EventFeed {
    /// The cursor of this moment: what is stored before it is not asked for.
    func now() throws(FeedFailure) -> String
    /// What was stored since, the oldest first.
    func events(after cursor: String) throws(FeedFailure) -> FeedPage
    /// One event as it came; nil when it is not kept any more.
    func event(_ id: Int64) throws(FeedFailure) -> LiveEvent?
}

/// A part of what was stored since a cursor.
struct FeedPage {
    /// The events.
    let ids: [Int64]
    /// Where the next page begins.
    let cursor: String
    /// Whether there is more right now.
    let hasMore: Bool
}

/// A stored event that is to be sent on.
struct LiveEvent {
    let id: Int64
    let source: String
    let provider: String
    let type: String
    let subject: String?
    let method: String
    let path: String
    let query: String
    let headers: HeaderFields
    let body: [UInt8]
}

/// Why a feed gives nothing.
enum FeedFailure: Error, CustomStringConvertible {
    /// It is away for now; after so many milliseconds it may be asked again.
    case away(String, retryAfter: Int64? = nil)
    /// Asking again does not help.
    case refused(String)

    var description: String {
        switch self {
        case .away(let text, _), .refused(let text): text
        }
    }
}
