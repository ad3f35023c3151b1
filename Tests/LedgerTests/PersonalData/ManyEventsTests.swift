import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing

/// Requests among many events read those that the index names, and no more.
@Suite(.blocking) struct ManyEventsTests {
    let ledger: LedgerFixture
    let batch: Connection

    /// Many events, each of another person, as if all of them were in the index already. They name no transaction: suites
    /// beside this one hold transactions open, and a search reads again all that those may not have seen.
    private static let crowd = """
        insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
            scheme, request_id, remote_addr, method, path, query, headers, written_by, body)
        select nextval('event_ids'), now(), 'shop', 'record_sender', 'order', 'order.updated', 'ticket:' || n, 'stored',
            'signature', 's', 'r', '', 'POST', '/', '', '[]', null,
            convert_to('{"email":"person' || n || '@mail.example","phone":"+49170' || (1000000 + n) || '"}', 'UTF8')
        from generate_series(1, 200000) as n;
        insert into person_keys (hash, kind, id, received_at)
        select substr(sha256(convert_to(k || ':' || id, 'UTF8')), 1, 16), 0, id, received_at
        from events, generate_series(1, 2) as k;
        analyze events;
        analyze person_keys
        """

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
        // Minutes on a machine that is busy with other suites.
        ledger.superuser.queryDeadline = nil
        try ledger.superuser.execute("set statement_timeout = 0; " + Self.crowd)
        try ledger.superuser.execute(
            """
            insert into person_index (key_id, orders_until, customers_until, comments_until, is_backlog_done, seen)
            values ('\(Forgetting.key.id)', 0, 0, 0, true, pg_current_snapshot())
            """)
        for (id, email) in [("1", "ann@mail.example"), ("2", "joann@mail.example"), ("3", "ann@mail.example")] {
            _ = try ledger.record(RecordSender().recordable("order", id, ["email": .string(email)], at: 1))
        }
        _ = try PersonIndex(key: Forgetting.key, over: batch).run()
    }

    private static var ann: Person {
        var person = Person(source: "shop")
        person.emails = ["ann@mail.example"]
        return person
    }

    /// How many rows of events were read by sequential scans so far, of all sessions.
    private func scanned() throws -> Int64 {
        try batch.execute("select pg_stat_force_next_flush()")
        let flushed = try ledger.value("select pg_stat_force_next_flush()")
        try #require(flushed != nil)
        try ledger.superuser.execute("select pg_stat_clear_snapshot()")
        let text = try ledger.value(
            "select coalesce(sum(seq_tup_read), 0)::bigint from pg_stat_user_tables where relname ~ '^(events|person_keys)'"
        )
        return try #require(text.flatMap { Int64($0) })
    }

    /// Both in one test, as the crowd takes a while to make.
    @Test func whatTheIndexNamesIsReadAndNoMore() throws {
        try aHalfMadeIndexIsCompletedByReading()
        try ledger.superuser.execute("update person_index set is_backlog_done = true")
        try aCopyAndAForgettingUseTheIndex()
    }

    private func aCopyAndAForgettingUseTheIndex() throws {
        let before = try scanned()
        var export = DataExport(of: Self.ann, for: PersonRequest(actor: "test", reason: "a test"), key: Forgetting.key)
        while !export.isReady { try export.step(on: batch) }
        #expect(try export.document(on: batch).document["orders"]?.array?.count == 2)
        #expect(export.report.readRowByRow == 0 && export.report.indexFault == nil)
        #expect(export.report.read <= 8, "\(export.report.text)")
        let report = try Forgetting.forget(Self.ann, key: Forgetting.key, on: batch)
        #expect(report.readRowByRow == 0 && report.read <= 8, "\(report.text)")
        #expect(try scanned() - before < 1000)
        #expect(
            try ledger.value("select string_agg(order_id, ' ' order by order_id) from orders where email is null")
                == "1 3")
        #expect(try ledger.value("select count(*) from events where redacted_at is not null") == "2")
    }

    /// With the index half made the rest is read row by row, and the report says so.
    private func aHalfMadeIndexIsCompletedByReading() throws {
        try ledger.superuser.execute(
            """
            update person_index set is_backlog_done = false, (events_after_at, events_after_id) = (
                select received_at, id from events order by received_at, id offset 150000 limit 1)
            """)
        let plan = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(plan.report.readRowByRow >= 50_000 && plan.report.readRowByRow < 60_000, "\(plan.report.text)")
        #expect(plan.report.text.contains("row by row: the index is still being filled"))
        #expect(plan.lines.count { $0.what.hasPrefix("order:") } == 2)
    }
}
