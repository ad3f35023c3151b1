import JSON
import Ledger
import Postgres
import Verification
import Webhooks

/// Live events straight from the database, on the host of the server.
///
/// The cursor is the REST API's, a snapshot: late commits are not missed.
final class DatabaseFeed: EventFeed {
    private let connection: Connection
    private let filter: DeliveryFilter

    private static let pageSize = 100

    /// - Parameter connection: of the role `hookledger_operator`.
    /// - Parameter unsigned: whether handshakes without a signature are wanted, too.
    init(_ connection: Connection, source: String?, type: String?, unsigned: Bool) {
        self.connection = connection
        var filter = DeliveryFilter()
        filter.events.source = source
        filter.events.type = type
        filter.accepted = true
        filter.handshakes = unsigned ? .all : .signed
        filter.withReplays = true
        self.filter = filter
    }

    func now() throws(FeedFailure) -> String {
        try asking { () throws(PostgresError) in
            try DeliveryPages.newest(filter, limit: 1, on: connection).live?.text
        }
    }

    func events(after cursor: String) throws(FeedFailure) -> FeedPage {
        guard let place = LiveCursor(cursor) else {
            throw .refused("\(cursor) is not a valid cursor; start again with another --cursor")
        }
        let page = try asking { () throws(PostgresError) -> DeliveryPages.Page? in
            try DeliveryPages.since(place, filter, limit: Self.pageSize, on: connection)
        }
        guard !page.isStale, let live = page.live else { throw .stale }
        return FeedPage(items: Self.items(page), cursor: live.text, hasMore: page.hasMore)
    }

    func events(since time: Timestamp) throws(FeedFailure) -> [FeedItem] {
        var filter = filter
        filter.events.since = time
        filter.withReplays = false
        var (items, before): ([FeedItem], PageCursor?) = ([], nil)
        repeat {
            let page = try asking { [before] () throws(PostgresError) -> DeliveryPages.Page? in
                try DeliveryPages.newest(filter, before: before, limit: Self.pageSize, on: connection)
            }
            items += Self.items(page)
            before = page.next
        } while before != nil && items.count < FeedPage.mostByTime
        return items.reversed()
    }

    private static func items(_ page: DeliveryPages.Page) -> [FeedItem] {
        page.rows.compactMap { $0.object.flatMap { FeedItem(.object($0)) } }
    }

    func event(_ item: FeedItem) throws(FeedFailure) -> LiveEvent? {
        item.kind == .handshake ? try handshake(item) : try stored(item)
    }

    private func stored(_ item: FeedItem) throws(FeedFailure) -> LiveEvent? {
        let found = try asking { () throws(PostgresError) -> [StoredEvent]? in
            try StoredEvent.load(item.id, on: connection).map { [$0] } ?? []
        }
        return found.first.map { stored in
            let delivery = stored.verified.delivery
            return LiveEvent(
                item: item, source: stored.source, provider: stored.provider, type: stored.type,
                subject: stored.subject, method: delivery.method, path: delivery.path, query: delivery.query,
                headers: delivery.headers, body: delivery.body,
                run: item.run ?? (stored.origin == Recordable.Origin.replay.rawValue ? delivery.requestID : nil))
        }
    }

    private func handshake(_ item: FeedItem) throws(FeedFailure) -> LiveEvent? {
        let found = try asking { () throws(PostgresError) -> [LiveEvent]? in
            guard let (row, request) = try DeliveryDetail.handshake(item.id, on: connection),
                let fields = row.object
            else { return [] }
            return [
                LiveEvent(
                    item: item, source: fields["source"]?.string ?? "", provider: fields["provider"]?.string ?? "",
                    type: "handshake", subject: nil, method: request.method, path: request.path, query: request.query,
                    headers: request.headers, body: request.body, isSigned: fields["verdict"] == "signature")
            ]
        }
        return found.first
    }

    /// Queries; a lost connection is opened again for the next time.
    private func asking<T>(_ question: () throws(PostgresError) -> T?) throws(FeedFailure) -> T {
        do throws(PostgresError) {
            if !connection.isUsable { try connection.reset() }
            if let answer = try question() { return answer }
        } catch {
            let comesBack =
                error.connectionLost || error.state?.isResource == true || error.state?.isTransient == true
                || error.state == .queryCanceled
            throw comesBack ? .away("the database: \(error)") : .refused("the database: \(error)")
        }
        throw .refused("the database returned no cursor")
    }
}
