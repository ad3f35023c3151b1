import JSON
import Platform
import Webhooks

/// Forwards events from a feed to a developer's server: each at least once, in commit order.
struct Listener {
    let feed: any EventFeed
    let forwarder: Forwarder
    let log: ListenLog
    /// The time between two questions for what is new.
    let interval: Duration
    /// Whether to end when there is nothing new.
    let endsWhenEmpty: Bool
    let shouldStop: () -> Bool

    /// Runs until it is to stop.
    /// - Throws: when the feed refuses, or the cursor cannot be kept.
    func run(_ cursor: inout ListenCursor) throws {
        while cursor.cursor == nil, !shouldStop() {
            if let now = try asking({ () throws(FeedFailure) in try feed.now() }) { try cursor.advance(to: now) }
        }
        while let place = cursor.cursor, !shouldStop() {
            guard let page = try asking({ () throws(FeedFailure) in try feed.events(after: place) }) else { continue }
            for item in page.items where !cursor.delivered.contains(item.key) {
                guard try forward(item) else { return }
                try cursor.deliver(item)
            }
            if page.cursor != place { try cursor.advance(to: page.cursor) }
            if page.hasMore { continue }
            if endsWhenEmpty, page.items.isEmpty { return }
            if page.items.isEmpty { Forwarder.pause(interval, until: shouldStop) }
        }
    }

    /// - Returns: false when it was stopped before the event was delivered.
    private func forward(_ item: FeedItem) throws -> Bool {
        while !shouldStop() {
            var event: LiveEvent?
            guard try asking({ () throws(FeedFailure) in event = try feed.event(item) }) != nil else { continue }
            guard let event else {
                log.gone(item)
                return true
            }
            let outcome = forwarder.forward(event, until: shouldStop) { log.waiting(event, $0) }
            if case .stopped = outcome { return false }
            log.ended(event, outcome)
            return true
        }
        return false
    }

    /// Asks the feed; waits when it is away.
    /// - Returns: nil when it was away.
    private func asking<T>(_ question: () throws(FeedFailure) -> T) throws -> T? {
        do throws(FeedFailure) {
            let answer = try question()
            log.feedIsBack()
            return answer
        } catch {
            guard case .away(let reason, let wait) = error else { throw error }
            log.feedIsAway(reason)
            Forwarder.pause(max(wait ?? .zero, .seconds(1)), until: shouldStop)
            return nil
        }
    }
}
