import JSON
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

/// Every field keeps whether a verified event wrote it: a verified value beats an unverified one in every order of arrival.
@Suite(.blocking) struct TrustTests {
    let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    private static let story = [
        Saying(status: "NEW", fields: ["email": "own@shop.example"], at: -100),
        Saying(status: "PAID", at: -80),
        Saying(
            status: "STRANGE", fields: ["email": "stranger@else.example", "phone": "1"], at: -60, isVerified: false),
        Saying(fields: ["customer_name": "Ann"], at: -50, isVerified: false),
    ]

    @Test func verifiedBeatsUnverifiedInEveryOrderOfArrival() throws {
        let orders = permutations(of: Array(Self.story.indices))
        for (number, order) in orders.enumerated() {
            try ledger.tell(order.map { Self.story[$0] }, source: "s\(number)")
        }
        #expect(
            try ledger.value(
                """
                select string_agg(distinct status || ' ' || email || ' ' || customer_name || ' ' || unverified_fields::text, '|')
                from order_states
                """) == "PAID own@shop.example Ann {customer_name,phone}")
        #expect(
            try ledger.value("select count(distinct field_clocks(order_data, extra, clocks)) from orders") == "1")
        #expect(try ledger.differences() == "0")
    }

    @Test func clocksOfTwoShapesAreNeverCompared() throws {
        #expect(throws: PostgresError.self) {
            _ = try ledger.value("select clock_is_newer('[1, 5, 0, 0, \"a\"]', '[5, 0, 0, \"a\"]')")
        }
        #expect(try ledger.value("select clock_is_newer('[1, 5, 0, 0, \"a\"]', '[0, 9, 0, 0, \"a\"]')") == "true")
        try ledger.tell([Self.story[0]])
        #expect(throws: PostgresError.self) {
            try ledger.superuser.execute("update orders set clocks = '{\"*\": [5, 0, 0, \"a\"]}'")
        }
    }

    /// A source that demands no signature at all: its operator said that all of its events are equal.
    @Test func withoutAnyVerificationAllEventsAreEqual() throws {
        var terms = Recordable.Terms()
        terms.trustsUnverified = true
        for (place, status) in ["A", "B"].enumerated() {
            let saying = Saying(status: status, at: Int64(place), isVerified: false)
            _ = try ledger.record(saying.recordable(terms: terms))
        }
        #expect(try ledger.value("select status || unverified_fields::text from order_states") == "B{}")
        #expect(try ledger.value("select bool_and(trusted) from events") == "true")
        #expect(try ledger.differences() == "0")
    }

    @Test func whatIsAcceptedCountsAsVerifiedAndARebuildKnowsIt() throws {
        let moment = "to_timestamp(\(Guide.now.seconds + 10))"
        try ledger.tell([
            Saying(status: "NEW", at: -100, isVerified: false), Saying(status: "PAID", at: -80),
            Saying(status: "SENT", at: -60, isVerified: false),
        ])
        try ledger.tell([Saying(kind: "product", fields: ["name": "Mug"], at: -60, isVerified: false)])
        #expect(try ledger.value("select status from orders") == "PAID")
        let accept = "select accept_source('shop', \(moment), 'cli:root', 'it was us')"
        _ = try ledger.connect(as: "hookledger_operator").query(accept, [])
        #expect(try ledger.value("select count(*) from products where clocks @? '$.*[0] ? (@ == 0)'") == "0")
        #expect(try ledger.value("select action || (details ->> 'rows') from operator_log") == "orders.accept2")
        // The order's last unverified value was newer: only a fold of its events brings it back.
        #expect(try ledger.differences() != "0")
    }

    /// A stranger who sends a copy first, or something in between, neither makes the sender's delivery a duplicate nor a
    /// repetition of it an event.
    @Test(arguments: [nil, Int64(600)]) func aStrangersCopyHindersNobody(window: Int64?) throws {
        var own = Saying(status: "paid", at: window == nil ? -5 : nil, window: window)
        var copy = own
        copy.isVerified = false
        let other = Saying(status: "odd", at: -1, isVerified: false)
        let receipts = try ledger.tell([copy, own, other, own, copy])
        #expect(receipts.map(\.isDuplicate) == [false, false, false, true, window == nil])
        #expect(try ledger.value("select status || unverified_fields::text from order_states") == "paid{}")
        own.status = "sent"
        own.at = window == nil ? 5 : nil
        _ = try ledger.record(own.recordable(received: 10))
        #expect(try ledger.value("select status from orders") == "sent")
    }

    /// The migration gives every stored clock its first element: by the events that are there, else by what the source
    /// demanded.
    @Test func theMigrationKnowsWhichFieldsAreVerified() throws {
        try ledger.tell(
            [
                Saying(status: "NEW", fields: ["email": "a@b.example"], at: -100),
                Saying(fields: ["phone": "1"], at: -50, isVerified: false),
            ], source: "mixed")
        try ledger.tell([Saying(id: "2", status: "NEW", at: -100)], source: "mixed")
        try ledger.tell([Saying(status: "NEW", at: -100)], source: "signed")
        let before = "select string_agg(clocks::text, ' ' order by id) from orders"
        let clocks = try ledger.value(before)
        let files = try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql")
        let (begin, end) = ("-- Clocks of five\n", "-- Earlier shops\n")
        let migration = try #require(
            files.migrations[1].sql.firstRange(of: begin).map { files.migrations[1].sql[$0.upperBound...] })
        let part = try #require(migration.firstRange(of: end).map { migration[..<$0.lowerBound] })
        try ledger.superuser.execute(
            """
            do $$ declare k text; begin foreach k in array array['orders', 'products', 'customers', 'comments'] loop
                execute format('alter table %I drop constraint clocks_have_five', k);
                execute format($q$update %I set clocks = (select jsonb_object_agg(key, value - 0) from jsonb_each(clocks))
                    where clocks <> '{}'$q$, k);
            end loop; end $$
            """)
        #expect(try ledger.value(before) != clocks)
        try ledger.superuser.execute("begin; " + part + "; commit")
        #expect(try ledger.value(before) == clocks)
        // Where the events are gone: verified in a source that demanded it, unverified in another one.
        try ledger.superuser.execute(
            """
            do $$ declare k text; begin foreach k in array array['orders', 'products', 'customers', 'comments'] loop
                execute format('alter table %I drop constraint clocks_have_five', k);
                execute format($q$update %I set clocks = (select jsonb_object_agg(key, value - 0) from jsonb_each(clocks))
                    where clocks <> '{}'$q$, k);
            end loop; end $$;
            delete from events where verification = 'signature'
            """)
        try ledger.superuser.execute("begin; " + part + "; commit")
        #expect(
            try ledger.value("select string_agg(distinct clocks -> '*' ->> 0, '') from orders where source = 'mixed'")
                == "0")
        #expect(try ledger.value("select clocks -> '*' ->> 0 from orders where source = 'signed'") == "1")
    }

    private func permutations(of places: [Int]) -> [[Int]] {
        if places.count < 2 { return [places] }
        return places.flatMap { first in permutations(of: places.filter { $0 != first }).map { [first] + $0 } }
    }
}
