import Crypto
import JSON
import Ledger
import LedgerSupport
import Postgres
import Settings
import TestThreads
import Testing

/// The index finds what reading row by row finds, and misses nothing that commits late.
@Suite(.blocking) struct PersonIndexTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
    }

    private static var ann: Person {
        var person = Person(source: "shop")
        (person.emails, person.phones) = (["ann@mail.example"], ["+4930123456"])
        return person
    }

    private func record(_ id: String, _ fields: JSONValue, extra: JSONValue = [:]) throws {
        _ = try ledger.record(RecordSender().recordable("order", id, fields, extra: extra, at: 1))
    }

    private func fill() throws { while case .read = try PersonIndex(key: Forgetting.key, over: batch).step() {} }

    private func people() throws {
        try record("1", ["email": "ann@mail.example"])
        try record("2", ["email": "joann@mail.example", "note": "x"], extra: ["note": "tell ann@mail.example"])
        try record("3", ["email": "bob@mail.example"], extra: ["phone": "+4930123456"])
        try record("4", ["email": "eve@mail.example"], extra: ["phone": "030 123456"])
        try record("5", ["email": "ann@mail.example.org"])
    }

    @Test func theIndexFindsWhatReadingFinds() throws {
        try people()
        let read = try Forgetting.plan(Self.ann, on: batch)
        #expect(read.report.readRowByRow >= 10 && read.report.indexFault != nil)
        try fill()
        let indexed = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(indexed.lines == read.lines && !indexed.lines.isEmpty)
        #expect(indexed.report.readRowByRow == 0 && indexed.report.indexFault == nil)
        #expect(Set(indexed.report.nearMisses) == Set(read.report.nearMisses))
        #expect(indexed.report.nearMisses.contains("order:4"))
    }

    /// Ids are drawn before commits: an event may become visible after later ones were indexed.
    @Test func whatCommitsLateIsFound() throws {
        try people()
        try fill()
        let late = try ledger.connect(as: "postgres")
        try late.execute(
            """
            begin;
            insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), received_at, source, provider, provider_type, type, 'ticket:1', 'stored', verification,
                scheme, request_id, remote_addr, method, path, query, headers, '{"email":"ann@mail.example"}'
            from events limit 1
            """)
        try record("6", ["email": "carl@mail.example"])
        try fill()
        try record("7", ["email": "dora@mail.example"])
        try late.execute("commit")
        // Not in the index yet: it is read, and the report says so.
        let before = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(before.report.readRowByRow > 0)
        try fill()
        let after = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(after.report.readRowByRow == 0 && after.lines == before.lines)
        let id = try ledger.value("select id from events where subject = 'ticket:1'")
        #expect(after.lines.contains { $0.what == "event:\(id ?? "")" })
    }

    @Test func aRequestBeforeTheIndexIsFullReadsTheRest() throws {
        try people()
        try ledger.superuser.execute(Self.many)
        let index = PersonIndex(key: Forgetting.key, over: batch)
        for _ in 0..<4 { _ = try index.step() }
        try record("8", ["email": "ann@mail.example"])
        let partly = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(partly.report.readRowByRow > 10_000 && partly.report.indexFault != nil)
        #expect(try partly.lines == Forgetting.plan(Self.ann, on: batch).lines)
    }

    private static let many = """
        insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification, scheme,
            request_id, remote_addr, method, path, query, headers, body)
        select nextval('event_ids'), now(), 'shop', 'record_sender', 'order', 'order.updated', 'ticket:' || n, 'stored',
            'signature', 's', 'r', '', 'POST', '/', '', '[]',
            convert_to('{"email":"person' || n || '@mail.example","phone":"+49170' || (1000000 + n) || '"}', 'UTF8')
        from generate_series(1, 20000) as n
        """

    @Test func aRequestReadsFewOfManyEvents() throws {
        try people()
        try ledger.superuser.execute(Self.many)
        try fill()
        var person = Person(source: nil)
        person.emails = ["person777@mail.example"]
        let report = try Forgetting.forget(person, key: Forgetting.key, on: batch)
        #expect(report.read <= 3 && report.readRowByRow == 0)
        #expect(try ledger.value("select count(*) from events where redacted_at is not null") == "1")
        // What was forgotten is in the index no more.
        #expect(try Forgetting.plan(person, key: Forgetting.key, on: batch).report.read == 0)
    }

    /// A customer may write hundreds of addresses into a note: whoever follows them is still found.
    @Test func whoFollowsManyOthersIsFound() throws {
        let others = (0..<300).map { "other\($0)@mail.example" }
        try record("1", ["note": .string(others.joined(separator: " "))], extra: ["zz": ["email": "ann@mail.example"]])
        let many = others.map { JSONValue.string($0) }
        try record("2", ["note": "x"], extra: ["a": .array(many), "zz": ["email": "ann@mail.example"]])
        let read = try Forgetting.plan(Self.ann, on: batch)
        try fill()
        let indexed = try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch)
        #expect(indexed.report.readRowByRow == 0 && !read.lines.isEmpty)
        #expect(Set(indexed.lines) == Set(read.lines))
    }

    /// What quotes two persons is found by the one when the other was forgotten.
    @Test func whoWasQuotedBesideAForgottenOneIsFound() throws {
        try ledger.superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body)
            values (nextval('event_ids'), now(), 'shop', 'record_sender', 'ticket', 'ticket.opened', 'ticket:1', 'stored',
                'signature', 's', 'r', '', 'POST', '/', '', '[]',
                '{"email":"bob@mail.example","note":"tell ann@mail.example"}')
            """)
        try fill()
        var bob = Person(source: "shop")
        bob.emails = ["bob@mail.example"]
        let before = try Forgetting.plan(bob, key: Forgetting.key, on: batch)
        _ = try Forgetting.forget(Self.ann, key: Forgetting.key, on: batch)
        let after = try Forgetting.plan(bob, key: Forgetting.key, on: batch)
        #expect(!before.lines.isEmpty && after.lines == before.lines)
        #expect(try Forgetting.plan(Self.ann, key: Forgetting.key, on: batch).report.read == 0)
    }

    @Test func anotherKeyBeginsAgain() throws {
        try people()
        try fill()
        let other = PersonKey(KeyFile(SecretBytes(Array(repeating: 8, count: 32))))
        #expect(try Forgetting.plan(Self.ann, key: other, on: batch).report.indexFault != nil)
        _ = try PersonIndex(key: other, over: batch).run()
        #expect(try Forgetting.plan(Self.ann, key: other, on: batch).report.readRowByRow == 0)
        #expect(try ledger.value("select key_id from person_index") == other.id)
    }
}
