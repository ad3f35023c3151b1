import JSON
import Platform
import Settings
import Webhooks

/// Forwards events from a feed to a developer's server: each at least once, in commit order.
struct Listener {
    let feed: any EventFeed
    let forwarder: Forwarder
    let log: ListenLog
    let console: ListenConsole
    /// The time between two questions for what is new.
    let interval: Duration
    /// Whether to end when there is nothing new.
    let endsWhenEmpty: Bool
    let shouldStop: () -> Bool

    /// Runs until it is to stop.
    /// - Throws: when the feed refuses, or the cursor cannot be kept.
    func run(_ cursor: inout ListenCursor) throws {
        while cursor.cursor == nil, !shouldStop() {
            if let now = try asking({ () throws(FeedFailure) in try feed.now() }) {
                try cursor.advance(to: now, at: SystemClock.now)
            }
        }
        while let place = cursor.cursor, !shouldStop() {
            var page: FeedPage?
            do {
                page = try asking { () throws(FeedFailure) in try feed.events(after: place) }
            } catch FeedFailure.stale {
                try compareByTime(&cursor)
                continue
            }
            guard let page else { continue }
            for item in page.items where !cursor.delivered.contains(item.key) {
                attend()
                guard try forward(item) else { return }
                try cursor.deliver(item, at: SystemClock.now)
            }
            if page.cursor != place { try cursor.advance(to: page.cursor, at: SystemClock.now) }
            if page.hasMore { continue }
            if endsWhenEmpty, page.items.isEmpty { return }
            if page.items.isEmpty { Forwarder.pause(interval) { shouldStop() || console.hasKey } }
            attend()
        }
    }

    private func attend() {
        console.attend(forwarder) { event in
            log.ended(event, forwarder.forward(event, until: shouldStop) { log.waiting(event, $0) })
        }
    }

    /// Continues in another history of the database: events of the last minutes are compared with those that were
    /// delivered. The stale cursor stays in the file until that is done.
    private func compareByTime(_ cursor: inout ListenCursor) throws {
        let since = cursor.comparedSince ?? SystemClock.now
        guard let now = try asking({ () throws(FeedFailure) in try feed.now() }),
            let items = try asking({ () throws(FeedFailure) in try feed.events(since: since) })
        else { return }
        let unknown = items.filter { !cursor.knows($0) }
        log.restored(since, known: items.count - unknown.count, unknown: unknown.count)
        for item in unknown {
            guard try forward(item) else { return }
            try cursor.deliver(item, at: SystemClock.now)
        }
        try cursor.resume(at: now, at: SystemClock.now)
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
            // One that does not fit counts as delivered: another filter is for later events.
            if let filter = console.filter, !filter.fits(event) { return true }
            let outcome = forwarder.forward(event, until: shouldStop) { log.waiting(event, $0) }
            if case .stopped = outcome { return false }
            log.ended(event, outcome)
            console.note(event)
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
