import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Shapes are learned from stored events: each verified one once, whoever commits late and whoever is killed.
@Suite(.blocking) struct DriftTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    private static func insert(
        _ body: String, times: Int, type: String = "order", source: String = "shop", more: String = "",
        verification: String = "signature", origin: String = "delivery"
    ) -> String {
        """
        insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, origin, scheme,
            request_id, remote_addr, method, path, query, headers, body)
        select nextval('event_ids'), now(), '\(source)', 'p', '\(type)', 'order.updated', 'stored', '\(verification)',
            '\(origin)', 's', 'r', '', 'POST', '/', '', '[]', convert_to('\(body)', 'UTF8')
        from generate_series(1, \(times)) as n
        """
    }

    private func send(
        _ body: String, times: Int = 1, type: String = "order", verification: String = "signature",
        origin: String = "delivery"
    ) throws {
        try ledger.superuser.execute(
            Self.insert(body, times: times, type: type, verification: verification, origin: origin))
    }

    @discardableResult private func learn(alarm: Bool = false) throws -> [Drift.Change] {
        try Drift(alarm: alarm, over: batch).run()
    }

    private func changes() throws -> [String] {
        try ledger.superuser.query(
            """
            select concat_ws(' ', type, change, path, coalesce(before, '-'), coalesce(after, '-'), events) as line
            from schema_changes order by id
            """
        ).map { try $0.text("line") }
    }

    @Test func whatChangesIsNoticedOnce() throws {
        try send(#"{"id":1,"email":"a"}"#, times: 700)
        #expect(try learn().isEmpty)
        #expect(try ledger.value("select events from event_shapes") == "700")
        try send(#"{"id":"1","tax":{"rate":1}}"#, times: 300)
        let found = try learn()
        #expect(found.map(\.change) == ["changed_type", "new_member", "gone_member"])
        #expect(
            try changes() == [
                "order changed_type id number text 300", "order new_member tax - object 300",
                "order gone_member email text - 300",
            ])
        let example = try ledger.value(
            "select body from events as e join schema_changes as c on c.event_id = e.id where c.path = 'tax'")
        #expect(example?.isEmpty == false)
        try send(#"{"id":"1","tax":{"rate":1}}"#, times: 2)
        #expect(try learn().isEmpty)
        #expect(try changes().last == "order gone_member email text - 302")
    }

    @Test func anUnknownTypeIsNoticed() throws {
        try send("{}", times: 150, type: "a")
        try send("{}", times: 50, type: "b")
        #expect(try learn().isEmpty)
        try send("{}", times: 3, type: "c")
        #expect(try learn().map(\.change) == ["new_type"])
        #expect(try changes() == ["c new_type  - - 3"])
    }

    /// A stranger, a replay, what we fetched ourselves and what was redacted teach nothing.
    @Test func onlyWholeVerifiedDeliveriesTeach() throws {
        try send(#"{"id":1}"#, times: 200)
        try send(#"{"forged":1}"#, verification: "unverified")
        try send(#"{"replayed":1}"#, verification: "unverified", origin: "replay")
        try send(#"{"fetched":1}"#, origin: "fetched")
        try send(#"{"reconciled":1}"#, origin: "reconciled")
        try send(#"{"redacted":1}"#)
        try ledger.superuser.execute(
            "update events set redacted_at = now() where body = convert_to('{\"redacted\":1}', 'UTF8')")
        try send(#"{"spooled":1}"#, origin: "spool")
        #expect(try learn().map(\.path) == ["spooled"])
    }

    @Test func whatCommitsLateIsLearned() throws {
        try send(#"{"id":1}"#, times: 200)
        let late = try ledger.connect(as: "postgres")
        try late.execute("begin; " + Self.insert(#"{"late":1}"#, times: 1))
        try send(#"{"id":1}"#)
        #expect(try learn().isEmpty)
        try send(#"{"id":1}"#)
        #expect(try learn().isEmpty)
        try late.execute("commit")
        #expect(try learn().map(\.path) == ["late"])
        #expect(try ledger.value("select events from event_shapes") == "203")
    }

    /// An idle turn writes nothing.
    @Test func withoutEventsNothingIsWritten() throws {
        try send(#"{"id":1}"#)
        try learn()
        let row = "select xmin::text || ctid::text from shape_progress"
        let before = try ledger.value(row)
        try learn()
        #expect(try ledger.value(row) == before)
    }

    /// A process that dies in a portion leaves the position and the shapes of the portion before.
    @Test func aKilledProcessContinues() throws {
        try send(#"{"id":1}"#, times: Drift.portion + 200)
        try send(#"{"new":1}"#)
        let other = try ledger.connect(as: "hookledger_batch")
        let pid = try other.query("select pg_backend_pid()::bigint").only().bigint(0)
        #expect(try Drift(alarm: false, over: other).step() == .read([]))
        try other.execute("begin")
        _ = try other.query(ShapeSQL.lock)
        // Another host does not wait for it.
        #expect(try Drift(alarm: false, over: batch).step() == .busy)
        try ledger.superuser.execute("select pg_terminate_backend(\(pid), 5000)")
        #expect(try ledger.value("select events from event_shapes") == "\(Drift.portion)")
        #expect(try learn().map(\.path) == ["new"])
        #expect(try ledger.value("select events from event_shapes") == "\(Drift.portion + 201)")
    }

    /// Two hosts at once learn each event once.
    @Test func twoHosts() throws {
        try send(#"{"id":1}"#, times: 3000)
        let conninfo = try LedgerFixture.conninfo(ledger.database, "hookledger_batch")
        let threads = try (0..<2).map { _ in
            try Thread(name: "host") {
                guard let connection = try? LedgerFixture.connection(conninfo) else { return }
                for _ in 0..<200 {
                    if case .upToDate? = try? Drift(alarm: false, over: connection).step() { return }
                }
            }
        }
        for thread in threads { thread.join() }
        try learn()
        #expect(try ledger.value("select events from event_shapes") == "3000")
        #expect(try ledger.value("select present from shape_members where path = 'id'") == "3000")
    }

    @Test func namesOfPeopleAreNotKept() throws {
        try send(#"{"id":1,"stock":{"a1":1}}"#, times: 250)
        try send(#"{"id":1,"people":{"ann@mail.example":{"paid":1},"Bob Example":{"paid":1}}}"#, times: 3)
        for number in 0..<60 { try send("{\"id\":1,\"stock\":{\"ann\(number)\":1}}") }
        try learn()
        #expect(
            try ledger.value("select string_agg(path, ' ' order by path) from shape_members")
                == " id people people.* people.*.paid stock stock.*")
    }

    /// After a restore into another cluster the numbers of transactions begin again.
    @Test func aRestoredDatabaseBeginsAgain() throws {
        try send(#"{"id":1}"#, times: 200)
        try learn()
        try ledger.superuser.execute(
            "update cluster_identity set system_identifier = 1; select remove_transaction_numbers()")
        #expect(try ledger.value("select count(*) from shape_progress") == "0")
        try learn()
        try send(#"{"new":1}"#)
        #expect(try learn().map(\.path) == ["new"])
        #expect(try ledger.value("select events from event_shapes") == "201")
    }

    @Test func changesGoWithTheEvents() throws {
        try send(#"{"id":1}"#, times: 200)
        try send(#"{"new":1}"#)
        try learn(alarm: true)
        #expect(try ledger.value("select alarm from shape_changes") == "true")
        #expect(try ledger.value("select delete_old_schema_changes(now() - interval '1 day', 100)") == "0")
        #expect(try ledger.value("select delete_old_schema_changes(now() + interval '1 day', 100)") == "1")
    }
}
