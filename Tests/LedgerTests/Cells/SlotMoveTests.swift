import LocalStack
import Patience
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Slots move with all of their rows, and ids do not meet.
@Suite(.blocking, .enabled(if: CellFixture.hasPLProxy, CellFixture.why)) struct SlotMoveTests {
    private static let source = "shop-7"
    private static let slot = Slot(of: source).number

    private func deliveries(_ range: ClosedRange<Int>, of source: String = source) throws -> [Recordable] {
        try range.map { number in
            try Saying(id: "\(number % 3)", status: "s\(number)", at: Int64(number)).recordable(
                received: Int64(number), source: source, action: "ops")
        }
    }

    /// One after the other, as they are about the same orders.
    private func record(_ deliveries: [Recordable], _ cells: CellFixture) throws -> [Receipt] {
        try deliveries.map(cells.record)
    }

    /// Everything about the slot, in all cells, but for what the hold of its jobs changes.
    private func rows(_ cells: CellFixture) throws -> [String: [String]] {
        var rows: [String: [String]] = [:]
        for connection in cells.cells.values {
            for table in try connection.query(
                "select name, replace(condition, '{slots}', '{\(Self.slot)}') as condition from slot_tables()")
            {
                let (name, condition) = (try table.text("name"), try table.text("condition"))
                let found = try connection.query(
                    "select (to_jsonb(t) - array['written_by', 'run_at', 'held_for'])::text from \(name) as t where \(condition)"
                ).map { try $0.text(0) }
                rows[name, default: []] += found
            }
        }
        return rows.mapValues { $0.sorted() }
    }

    @Test func aSlotGoesThereAndBack() throws {
        let cells = try CellFixture(2, empty: 1)
        let (home, other) = (cells.names[0], cells.names[1])
        let first = try record(deliveries(1...20), cells)
        _ = try record(deliveries(1...20, of: "shop-8"), cells)
        // Counts of no known source are in every cell, and stay there.
        for connection in cells.cells.values {
            try connection.execute("insert into activity_counts (step, at, source) values (3600, '2026-01-01', '')")
        }
        let nowhere = Slot(of: "").number
        let unknown = "select count(*) from activity_counts where source = ''"
        #expect(try cells.move([nowhere], from: home, to: other).rows == 0)
        #expect(try cells.value(unknown, in: home) == "1" && cells.value(unknown, in: other) == "1")

        let before = try rows(cells)
        #expect(before["events"]?.count == 20 && before["jobs"]?.count == 20 && before["orders"]?.count == 3)

        #expect(try cells.move([Self.slot], from: home, to: other).rows > 60)
        #expect(try rows(cells) == before)
        #expect(try cells.value("select count(*) from events where source = '\(Self.source)'", in: home) == "0")
        #expect(try cells.value("select count(*) from events", in: other) == "20")
        #expect(try cells.value("select count(*) from jobs where state = 0", in: other) == "20")
        // Old deliveries are known, new ones get ids above all others.
        #expect(try record(deliveries(1...20), cells).map(\.isDuplicate) == Array(repeating: true, count: 20))
        let second = try record(deliveries(21...30), cells)
        #expect(try #require(second.map(\.eventID).min()) > #require(first.map(\.eventID).max()))
        #expect(
            try cells.value(
                "select bool_and(j.job_id > o.last) from jobs j, (select max(job_id) as last from jobs where event_id <= "
                    + "\(first.map(\.eventID).max() ?? 0)) as o where j.event_id > \(first.map(\.eventID).max() ?? 0)",
                in: other) == "true")

        try cells.move([Self.slot], from: other, to: home)
        let third = try record(deliveries(31...40), cells)
        #expect(try #require(third.map(\.eventID).min()) > #require(second.map(\.eventID).max()))
        #expect(try record(deliveries(1...40), cells).filter { !$0.isDuplicate }.isEmpty)
        for name in cells.names {
            let connection = try #require(cells.cells[name])
            #expect(try CellState.strays(on: connection).isEmpty)
        }
        #expect(try cells.total("select count(*) from events where source = '\(Self.source)'") == 40)
        #expect(
            try cells.value(
                "select count(distinct job_id) from jobs where source_slot('\(Self.source)') = job_id & 1023", in: home)
                == "40")
    }

    /// The batch processor of the old cell counts rows that are deleted before it has written their counts.
    @Test func countsGoWithTheirRows() throws {
        let cells = try CellFixture(2)
        let home = try cells.cell(of: Self.source)
        let other = try #require(cells.names.first { $0 != home })
        _ = try record(deliveries(1...3), cells)
        let counting = try LedgerFixture.connection(LedgerFixture.conninfo(home, "postgres"))
        while try ActivityCounts.advance(on: counting) {}
        try counting.execute("begin; select from activity_progress for update")
        let error = Locked<(any Error)?>(nil)
        let moving = try Thread(name: "moving") { [cells = Alone(cells)] in
            do { try cells.value.move([Self.slot], from: home, to: other) } catch let found {
                error.withLock { $0 = found }
            }
        }
        #expect(
            eventually {
                (try? cells.superuser.query(
                    "select exists (select from pg_stat_activity where datname = '\(home)' and wait_event_type = 'Lock')"
                ).only().bool(0)) == true
            })
        try counting.execute(
            """
            insert into activity_counts (step, at, source, deliveries, refusals, jobs_done, jobs_dead, attempts_failed, latency_steps,
                latency_counts)
            values (60, step_start(60, now() - interval '5 hours'), '\(Self.source)', 3, 0, 0, 0, 0, '{}', '{}');
            update activity_progress set counted_from = counted_from;
            commit
            """)
        moving.join()
        #expect(error.withLock { $0 } == nil)
        for cell in cells.names {
            while try ActivityCounts.advance(on: #require(cells.cells[cell])) {}
            let counted = "select sum(deliveries) from activity where step = 3600 and source = '\(Self.source)'"
            #expect(try cells.value(counted, in: cell) == (cell == other ? "3" : nil))
        }
    }

    /// A job that comes while those that are there are held is held, too, so that it does not begin while its row is copied.
    @Test func aJobOfADeliveryUnderWayIsHeld() throws {
        let cells = try CellFixture(2, empty: 1)
        let (home, other) = (cells.names[0], cells.names[1])
        let session = try LedgerFixture.connection(LedgerFixture.ingestConninfo(home))
        try session.execute("begin")
        _ = try session.query(RecordStatement.sql, RecordStatement.parameters(deliveries(1...1)))
        let own = try LedgerFixture.connection(LedgerFixture.conninfo(home, "postgres"))
        let move = try SlotMove(
            [Self.slot], from: (home, own, cells.end(home).lock), to: cells.end(other), router: cells.superuser)
        let ended = Locked<String?>(nil)
        let moving = try Thread(name: "moving") { [move = Alone(move)] in
            let report = Result { try move.value.run() }
            ended.withLock { $0 = "\(report)" }
        }
        // It waits for the lock of the delivery.
        #expect(
            eventually {
                (try? cells.value("select state from cell_slots where slot = \(Self.slot)", in: home)) == "draining"
            })
        SystemClock.sleep(milliseconds: 300)
        try session.execute("commit")
        moving.join()
        #expect(ended.withLock { $0 }?.hasPrefix("success") == true, "\(ended.withLock { $0 } ?? "")")
        #expect(try cells.value("select state || ' ' || (held_for > '0') from jobs", in: other) == "0 true")
    }

    @Test func aSlotWhoseJobRunsWaits() throws {
        let cells = try CellFixture(2, empty: 1)
        _ = try record(deliveries(1...2), cells)
        let home = try #require(cells.cells[cells.names[0]])
        try home.execute(
            "update jobs set state = 1, lease_token = 1, lease_until = now() + interval '1 minute' where job_id = (select min(job_id) from jobs)"
        )
        #expect(try home.query("select drain_slots('{\(Self.slot)}')").only().int(0) == 1)
        // Deliveries are stored, and their jobs wait for the move.
        _ = try record(deliveries(3...3), cells)
        #expect(
            try cells.value("select string_agg(hold_reason, ' ') from jobs where state = 3", in: cells.names[0])
                == "move move")
        try home.execute("select reopen_slots('{\(Self.slot)}')")
        #expect(try cells.value("select count(*) from jobs where state = 0", in: cells.names[0]) == "2")
    }

    @Test func aBrokenMoveIsFinishedLater() throws {
        let cells = try CellFixture(2, empty: 1)
        let (home, other) = (cells.names[0], cells.names[1])
        _ = try record(deliveries(1...5), cells)
        // The router fails at the end of the move: the rows are in both cells, and the slot is closed in the old one.
        try cells.superuser.execute("alter function map_slots rename to map_slots_kept")
        #expect {
            try cells.move([Self.slot], from: home, to: other)
        } throws: { if case SlotMove.Failure.unfinished = $0 { true } else { false } }
        #expect(
            try cells.writer.recordOnce(deliveries(6...6)).allSatisfy {
                if case .failure(.busy) = $0 { true } else { false }
            })
        try cells.superuser.execute("alter function map_slots_kept rename to map_slots")
        try cells.move([Self.slot], from: home, to: other)
        #expect(try record(deliveries(1...6), cells).map(\.isDuplicate) == [true, true, true, true, true, false])
        #expect(try cells.total("select count(*) from events") == 6)
        #expect(try cells.value("select count(*) from cell_slots where slot = \(Self.slot)", in: home) == "0")
    }

    @Test func aPauseGoesWithItsSource() throws {
        let cells = try CellFixture(3, empty: 1)
        let home = try cells.cell(of: Self.source)
        let (other, new) = (try #require(cells.names.dropLast().first { $0 != home }), cells.names[2])
        _ = try record(deliveries(1...2), cells)
        for (kind, name) in [("source", Self.source), ("source", "elsewhere"), ("action", "ops")] {
            _ = try cells.cells[home]?.query("select pause_jobs('\(kind)', '\(name)', null, 'me', 'why')")
        }
        try cells.cells[home]?.execute(
            "update jobs set state = 3, held_at = now(), hold_reason = pause_hold('source', '\(Self.source)')")
        let names = "select string_agg(name || ' ' || reason, ', ' order by name) from pauses"
        let held = "select count(*) from jobs where hold_reason = pause_hold('source', '\(Self.source)')"
        let release = "select release_paused()"
        for (from, to, here) in [(home, new, "ops why, shop-7 why"), (new, other, "shop-7 why")] {
            try cells.move([Self.slot], from: from, to: to)
            #expect(try cells.value(names, in: to) == here)
            // The runs there still wait.
            #expect(try cells.value(release, in: to) == "0")
            #expect(try cells.value(held, in: to) == "2")
        }
        #expect(try cells.value(names, in: home) == "elsewhere why, ops why")
        #expect(try cells.value(names, in: new) == "ops why")
        _ = try cells.cells[other]?.query("select resume_jobs('source', '\(Self.source)', 'me', null)")
        #expect(try cells.value(release, in: other) == "2")
    }

    @Test func aDatabaseWithDeliveriesIsNoCell() throws {
        let ledger = try LedgerFixture()
        _ = try ledger.record(deliveries(1...1)[0])
        #expect(throws: PostgresError.self) { try CellState.begin("x", isFirst: true, on: ledger.superuser) }
        #expect(try ledger.value("select name from cell_identity") == nil)
    }

    /// A new table moves with its slots, or belongs to the cell itself: somebody has to decide.
    @Test func everyTableMovesOrStays() throws {
        let staying: Set = [
            "action_states", "activity_late", "activity_progress", "alerts", "api_tokens", "aside_requests", "audits",
            "cell_identity", "cell_slots",
            "chain_head",
            "chain_links", "cluster_identity", "configuration_hosts", "configuration_uses", "configurations",
            "destinations",
            "exclusive_work", "heartbeats", "kept_statistics", "late_attempts", "metrics", "operator_log", "pauses",
            "person_index",
            "person_keys",
            "quarantine_locks", "registered_webhooks", "restores", "run_slots", "schema_migrations", "shape_progress",
            "telemetry_progress", "upkeep",
        ]
        let ledger = try LedgerFixture()
        let moving = Set(try ledger.superuser.query("select name from slot_tables()").map { try $0.text(0) })
        let all = try ledger.superuser.query(
            """
            select c.relname::text from pg_class as c
            where c.relnamespace = 'hookledger'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
            """
        ).map { try $0.text(0) }
        #expect(Set(all) == moving.union(staying))
        #expect(moving.isDisjoint(with: staying))
        // Every id of a table with a source has a slot.
        try CellState.begin("cell", isFirst: true, on: ledger.superuser)
        #expect(
            try ledger.value(
                """
                select string_agg(c.relname, ' ') from pg_class as c join pg_attribute as a on a.attrelid = c.oid
                where c.relnamespace = 'hookledger'::regnamespace and a.attidentity <> '' and not c.relispartition
                    and exists (select from pg_attribute as s where s.attrelid = c.oid and s.attname = 'source')
                    and not exists (select from pg_trigger as t where t.tgrelid = c.oid and t.tgname = 'give_slot')
                """) == "orders")
    }

    @Test func aNewCellGetsAsMuchAsTheOthersKeep() {
        var held = ["a": Array(0..<1024)]
        for (name, count) in [("b", 512), ("c", 341), ("d", 256)] {
            for part in SlotPlan.fairShare(of: held, for: name) {
                held[part.cell]?.removeAll { part.slots.contains($0) }
                held[name, default: []] += part.slots
            }
            #expect(held[name]?.count == count)
        }
        #expect(Set(held.values.joined()).count == 1024)
        #expect(held["a"]?.contains(SlotPlan.fixed) == true)
        #expect(SlotPlan.fairShare(of: held, for: "d").isEmpty)
        #expect(SlotPlan.slots(["7", "10-12", "11"]) == [7, 10, 11, 12])
        for text in ["0", "1024", "x", "5-3", "-", "1-2-3", ""] { #expect(SlotPlan.slots([text]) == nil, "\(text)") }
    }

    /// The trigger costs a call for each row: jobs of deliveries have their slot without it. A cell of an earlier version gets
    /// the new trigger from the next `migrate`.
    @Test func jobsOfDeliveriesNeedNoTrigger() throws {
        let cells = try CellFixture(1)
        let cell = try #require(cells.cells[cells.names[0]])
        try cell.execute(
            "create or replace trigger give_slot before insert on jobs for each row execute function slot_of_job()")
        let condition =
            "select tgqual is not null from pg_trigger where tgrelid = 'jobs'::regclass and tgname = 'give_slot'"
        #expect(try !cell.query(condition).only().bool(0))
        try cell.execute("select arrange_cell()")
        #expect(try cell.query(condition).only().bool(0))

        try cell.execute("alter table jobs disable trigger give_slot")
        _ = try record(deliveries(1...3), cells)
        let own = "select count(*) from jobs where job_id & 1023 = \(Self.slot) and job_id > 1023"
        #expect(try cell.query(own).only().int(0) == 3)
        // Whoever inserts one without it gets it from the trigger.
        try cell.execute("alter table jobs enable trigger give_slot")
        try cell.execute(
            """
            insert into jobs (action, kind, rule, order_row, event_id, event_received_at)
            select 'later', kind, rule, order_row, event_id, event_received_at from jobs order by job_id limit 1
            """)
        #expect(try cell.query(own).only().int(0) == 4)
    }
}
