import JSON
public import Postgres
import Providers
import Rules
public import Settings
import Verification
public import Webhooks

/// Runs stored events again, by the rules of the present configuration.
///
/// Without changes the jobs of the stored event are created again: the event stays what it is, and the effects of its
/// jobs keep their keys, so an effect that has happened is repeated only on request. With changes each event becomes a
/// new one, recorded like a delivery.
///
/// Safe to interrupt and to repeat under the same name, and beside other replays, deliveries and workers: each batch is
/// one transaction that also records the replayed events.
public struct Replay {
    private var request: ReplayRequest
    private let settings: Settings
    private let connection: Connection

    /// Events of one transaction: few enough that their bodies fit into memory.
    static let batchSize = 50
    /// How often a batch is tried again that lost against another transaction.
    private static let attemptsAfterConflict = 5

    /// - Parameters:
    ///   - settings: the present configuration, whose rules decide.
    ///   - connection: of the role `hookledger_operator` or `hookledger_api`.
    public init(_ request: ReplayRequest, settings: Settings, over connection: Connection) {
        self.request = request
        self.settings = settings
        self.connection = connection
    }

    /// When the run of this name was started; nil if it was not. Relative times in its filter, such as `2h`, count from
    /// then.
    public static func begun(_ run: String, on connection: Connection) throws(PostgresError) -> Timestamp? {
        try begun(run, .jsonb(nil), on: connection)
    }

    private static func begun(
        _ run: String, _ details: Parameter, on connection: Connection
    ) throws(PostgresError) -> Timestamp? {
        let sql = "select hookledger.replay_begun($1::text, $2::jsonb)"
        let text = try connection.query(sql, [.text(run.storable), details]).only().optionalText(0)
        return text.flatMap { Int64($0) }.map { Timestamp(microseconds: $0) }
    }

    /// Replays the matching events, oldest first; none that is received after `now`, or after the start of the run.
    /// - Parameters:
    ///   - now: the present.
    ///   - shouldStop: called between batches; finished batches stay.
    ///   - progress: called after every batch.
    ///   - replayed: called with every event, after its commit.
    /// - Throws: ``PostgresError``: `otherReplay` if the run was started with another request; with others every batch
    ///   before stays, and a second run of the same name continues from there.
    public func run(
        _ filter: EventFilter, now: Timestamp, until shouldStop: () -> Bool = { false },
        progress: (ReplayReport) -> Void = { _ in }, replayed: (ReplayedEvent) -> Void = { _ in }
    ) throws(PostgresError) -> ReplayReport {
        var recorded = self
        let details = request.details(of: filter, now: now.microseconds).storableText
        recorded.request.recorded = details
        let begun = try Self.begun(request.run, .jsonb(details), on: connection) ?? now
        var filter = filter
        filter.until = min(filter.until ?? begun, begun, now)
        return try recorded.go(filter, now: now, until: shouldStop, progress: progress, replayed: replayed)
    }

    private func go(
        _ filter: EventFilter, now: Timestamp, until shouldStop: () -> Bool, progress: (ReplayReport) -> Void,
        replayed: (ReplayedEvent) -> Void
    ) throws(PostgresError) -> ReplayReport {
        var report = ReplayReport()
        report.total = try ReplayQueries.count(filter, on: connection)
        var after = (receivedAt: Int64.min, id: Int64(0))
        while !shouldStop() {
            let page = try page(filter, after)
            guard let last = page.last else { break }
            after = (last.verified.delivery.receivedAt.microseconds, last.id)
            for batch in request.changes.isEmpty ? [page] : page.map({ [$0] }) {
                let events = try replay(batch, place: report.done, now: now)
                for event in events {
                    report.add(event)
                    replayed(event)
                }
            }
            progress(report)
        }
        return report
    }

    private func page(
        _ filter: EventFilter, _ after: (receivedAt: Int64, id: Int64)
    ) throws(PostgresError) -> [StoredEvent] {
        var conditions = Conditions(after: [.timestamp(after.receivedAt), .bigint(after.id)])
        filter.add(to: &conditions)
        var events: [StoredEvent] = []
        for row in try connection.query(ReplaySQL.page(where: conditions.sql), conditions.parameters) {
            events.append(try StoredEvent(row))
        }
        return events
    }

    /// One batch in one transaction; several events only when nothing is changed.
    private func replay(
        _ batch: [StoredEvent], place: Int, now: Timestamp
    ) throws(PostgresError) -> [ReplayedEvent] {
        var attempt = 1
        while true {
            do {
                return try connection.transaction { () throws(PostgresError) in
                    // The first lock of all, so that two replays never wait for each other's orders.
                    if !request.isDryRun {
                        _ = try connection.query("select hookledger.begin_replay()", [])
                    }
                    guard let event = batch.first, !request.changes.isEmpty else {
                        return try ReplayUnchanged(request, settings, connection).replay(batch, place: place)
                    }
                    return [
                        try ReplayChanged(request, settings, connection).replay(event, place: place, now: now)
                    ]
                }
            } catch {
                guard error.state?.isTransient == true, attempt <= Self.attemptsAfterConflict else { throw error }
                attempt += 1
            }
        }
    }
}

extension ReplayRequest {
    /// The first parameters of `replay_events` and `replay_changed`.
    var parameters: [Parameter] {
        return [
            .text(run.storable), .text(actor.storable), .text((subject ?? "replay:\(run)").storable),
            .text(reason?.storable), .jsonb(recorded), .boolean(again),
        ]
    }

    /// How long the jobs of the event at that place wait, in microseconds.
    func delay(_ place: Int) -> Int64 { Int64(place) * spread.wholeMilliseconds * 1000 }
}
