import JSON
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Statistics over cells, each of which counts at a time of its own.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct CellStatisticsTests {
    /// One cell keeps a count of ten minutes ago, by which two jobs were open. They have ended since, before the other one counted.
    @Test func theQueueOfEachCellIsOfItsOwnCount() throws {
        let cells = try CellFixture(2)
        try CellMap.arrangeViews(on: cells.superuser)
        var sources: [String: String] = [:]
        for source in CellDoorTests.sources { sources[try cells.cell(of: source)] = source }
        let (late, early) = (try #require(sources[cells.names[0]]), try #require(sources[cells.names[1]]))
        let event = try cells.record(Saying(id: "1", status: "paid", at: 1).recordable(source: early)).eventID
        _ = try cells.record(Saying(id: "1", status: "paid", at: 1).recordable(source: late, action: "ops"))
        let cell = try #require(cells.cells[cells.names[1]])
        try cell.execute(
            """
            insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at, started_at,
                finished_at, outcome)
            select n, 1, 'x', 'k', 'r', e.id, e.received_at, now() - interval '1 hour', now() - interval '5 minutes',
                now() - interval '5 minutes', 'done'
            from events as e cross join generate_series(1, 2) as n where e.id = \(event)
            """)
        while try ActivityCounts.advance(on: cell) {}
        try cell.execute(
            """
            create or replace function is_small(p_tables text[]) returns boolean language sql stable as 'select false';
            insert into kept_statistics (name, kept_at, took, rows)
            select 'open_jobs_by_age', now() - interval '10 minutes', interval '1 ms', jsonb_build_array(jsonb_build_object(
                'source', '\(early)', 'opened_at', step_start(60, now() - interval '1 hour'), 'ended_at', null, 'jobs', 2))
            """)
        let reader = try LedgerFixture.connection(LedgerFixture.conninfo(cells.router, "hookledger_reader"))
        let now = Timestamp(microseconds: try reader.query("select now()").only().timestamp(0))
        for bucket: Int64 in [60, 600, 3600] {
            let window = Statistics.Window(since: now.advanced(bySeconds: -7200), until: now, bucket: bucket, now: now)
            let depths = try Statistics.buckets(window, source: nil, on: reader).compactMap {
                try JSONValue(parsing: Array($0.text.utf8))["queue_depth"]?.integer
            }
            // The other cell's job is open since a moment ago.
            #expect(depths.dropLast().max() == 2 && depths.last == 3, "\(bucket): \(depths)")
        }
    }
}
