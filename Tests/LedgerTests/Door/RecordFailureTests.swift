import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// Only a fault of the delivery's own values is a refusal.
@Suite(.blocking) struct RecordFailureTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private func order(_ id: String, at received: Timestamp = Guide.now, note: String = "") throws -> Recordable {
        let more = JSONObject(["note": .string(note)])
        return try Guide.recordable(
            Guide.body("order_created", order: id, status: "UNPAID", at: 1_735_380_000, more: more), at: received)
    }

    private func word(_ result: Result<Receipt, RecordFailure>) -> String {
        switch result {
        case .success: "stored"
        case .failure(.refused): "refused"
        case .failure(.failed): "failed"
        case .failure(.busy): "busy"
        case .failure(.away): "away"
        case .failure(.unavailable): "unavailable"
        }
    }

    /// What a trigger raises for one delivery of a batch.
    @Test(arguments: [
        ("XX000", "failed"), ("P0001", "failed"), ("42501", "failed"), ("23514", "failed"), ("22P05", "failed"),
        ("23505", "failed"), ("0A000", "failed"), ("22003", "refused"), ("22008", "refused"), ("23502", "failed"),
        ("23503", "failed"), ("2200H", "failed"), ("53200", "failed"), ("53400", "failed"),
        ("53100", "unavailable"),
    ]) func theCodeDecides(code: String, expected: String) throws {
        try ledger.superuser.execute(
            """
            create function refuse_poison() returns trigger language plpgsql as $$ begin
                if convert_from(new.body, 'UTF8') like '%poison%' then
                    raise exception 'planted' using errcode = '\(code)';
                end if;
                return new;
            end $$;
            create trigger poison before insert on events for each row execute function refuse_poison();
            """)
        let batch = try (1...9).map { try order($0 == 4 ? "poison" : "\($0)") }
        let words = ledger.writer.recordOnce(batch).map(word)
        #expect(words[3] == expected)
        // The server has no room: that is everybody's trouble.
        if expected != "unavailable" { #expect(words.count { $0 == "stored" } == 8) }
    }

    /// One that takes too long leaves time for the others.
    @Test(arguments: [1, 9]) func aSlowDeliveryCostsNoOther(count: Int) throws {
        try ledger.superuser.execute(
            """
            create function wait() returns trigger language plpgsql as $$ begin
                if convert_from(new.body, 'UTF8') like '%poison%' then
                    perform pg_sleep(60);
                end if;
                return new;
            end $$;
            create trigger waiting before insert on events for each row execute function wait();
            """)
        let writer = LedgerWriter(
            conninfo: try LedgerFixture.conninfo(ledger.database, "hookledger_ingest"), deadline: .seconds(10))
        let batch = try (1...count).map { try order($0 == 1 ? "poison" : "\($0)") }
        let words = writer.recordOnce(batch).map(word)
        #expect(words == ["failed"] + [String](repeating: "stored", count: count - 1))
        // The session is as before.
        #expect(writer.recordOnce([try order("next")]).map(word) == ["stored"])
    }

    /// A constraint that somebody added, or a sequence at its end, is no fault of any delivery.
    @Test(arguments: [
        "alter table events add constraint planted check (length(source) < 3) not valid",
        "alter table receipts add column planted int not null default null",
        "alter sequence event_ids maxvalue 1000; select setval('hookledger.event_ids', 1000)",
    ]) func aFaultOfTheTableIsNoRefusal(fault: String) throws {
        try ledger.superuser.execute(fault)
        #expect(ledger.writer.recordOnce([try order("1"), try order("2")]).map(word) == ["failed", "failed"])
    }

    /// A delivery from a time without a partition.
    @Test func aMissingPartitionIsNoRefusal() throws {
        let far = Guide.now.advanced(bySeconds: 400 * 86_400)
        let words = ledger.writer.recordOnce([try order("1"), try order("2", at: far), try order("3")]).map(word)
        #expect(words == ["stored", "failed", "stored"])
    }

    /// A character that an encoding lacks: the others go in.
    @Test func anEncodingWithoutACharacterIsNoRefusal() throws {
        try ledger.superuser.execute(
            """
            create function as_latin() returns trigger language plpgsql as $$ begin
                perform convert_to(convert_from(new.body, 'UTF8'), 'LATIN1');
                return new;
            end $$;
            create trigger latin before insert on events for each row execute function as_latin();
            """)
        let batch = [try order("1"), try order("2", note: "5 \u{20AC}"), try order("3", note: "\u{E9}")]
        #expect(ledger.writer.recordOnce(batch).map(word) == ["stored", "failed", "stored"])
    }

    /// A session outlives a function that is created again, as `migrate` does.
    @Test func aFunctionCreatedAgainCostsNothing() throws {
        #expect(ledger.writer.recordOnce([try order("1")]).map(word) == ["stored"])
        try ledger.superuser.execute("alter function record_2 rename to away")
        #expect(ledger.writer.recordOnce([try order("2")]).map(word) == ["failed"])
        try ledger.superuser.execute("alter function away rename to record_2")
        #expect(ledger.writer.recordOnce([try order("2")]).map(word) == ["stored"])
    }

    /// A session that is ended in the middle of its first batch, as by a failover.
    @Test func aSessionThatEndsDuringABatchCostsNothing() throws {
        try ledger.superuser.execute(
            """
            create sequence tries;
            create function end_first() returns trigger language plpgsql security definer as $$ begin
                if nextval('hookledger.tries') = 1 then
                    perform pg_terminate_backend(pg_backend_pid()), pg_sleep(5);
                end if;
                return new;
            end $$;
            create trigger ending before insert on events for each row execute function end_first();
            """)
        #expect(ledger.writer.recordOnce([try order("1"), try order("2")]).map(word) == ["stored", "stored"])
        #expect(try ledger.value("select count(*) from events") == "2")
    }

    /// Another transaction is in the way at this moment: the same batch is recorded a moment later, by a first session, too.
    @Test(arguments: ["40001", "40P01", "23505"]) func aConflictCostsNothing(code: String) throws {
        try ledger.superuser.execute(
            """
            create sequence tries;
            grant usage on tries to public;
            create function conflict_first() returns trigger language plpgsql as $$ begin
                if nextval('hookledger.tries') <= 2 then
                    raise exception 'planted' using errcode = '\(code)';
                end if;
                return new;
            end $$;
            create trigger conflict before insert on events for each row execute function conflict_first();
            """)
        #expect(ledger.writer.recordOnce([try order("1")]).map(word) == ["stored"])
        #expect(try ledger.value("select last_value from tries") == "3")
    }
}
