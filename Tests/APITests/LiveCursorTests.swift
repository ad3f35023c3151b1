import JSON
import Ledger
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// The cursor of live views: nothing is missed, nothing is shown twice.
@Suite(.blocking) struct LiveCursorTests {
    let fixture: APIFixture
    let token: String

    init() throws {
        fixture = try APIFixture()
        token = try fixture.token(.read)
    }

    private func poll(_ cursor: String, _ more: String = "") throws -> (ids: [String], live: String, more: Bool) {
        let page = try fixture.get("/api/v2/events?after=\(cursor)\(more)", token: token)
        let ids = (page["data"]?.array ?? []).map { "\($0["kind"]?.string ?? "")\($0["id"]?.text ?? "")" }
        return (ids, try #require(page["live"]?.string), page["has_more"] == true)
    }

    private func first() throws -> String {
        try #require(fixture.get("/api/v2/events", token: token)["live"]?.string)
    }

    @Test func aCommitThatComesLateIsShownLateAndOnce() throws {
        let start = try first()
        // A transaction that has drawn its id and its transaction number, and takes its time.
        let slow = try APIFixture.connect(fixture.database, "postgres")
        try slow.execute("begin")
        let late = try LedgerWriter.record(fixture.order("late"), inTransactionOf: slow).eventID
        let early = try #require(fixture.store([fixture.order("early")]).first)
        #expect(late < early)
        let seen = try poll(start)
        #expect(seen.ids == ["event\(early)"])
        #expect(try poll(seen.live).ids == [])
        try slow.execute("commit")
        let caught = try poll(seen.live)
        #expect(caught.ids == ["event\(late)"])
        #expect(try poll(caught.live).ids == [])
        // One that is rolled back is never shown.
        try slow.execute("begin")
        _ = try LedgerWriter.record(fixture.order("never"), inTransactionOf: slow)
        let between = try poll(caught.live)
        try slow.execute("rollback")
        #expect(try between.ids == [] && poll(between.live).ids == [])
    }

    @Test func manyComeInPagesWhileMoreAreWritten() throws {
        var cursor = try first()
        let slow = try APIFixture.connect(fixture.database, "postgres")
        try slow.execute("begin")
        var expected = [try LedgerWriter.record(fixture.order("slow"), inTransactionOf: slow).eventID]
        expected += try fixture.store((0..<7).map { try fixture.order("a\($0)") })
        try fixture.refuse()
        var shown: [String] = []
        for round in 0..<12 {
            let page = try poll(cursor, "&limit=3")
            #expect(page.ids.count <= 3)
            shown += page.ids
            cursor = page.live
            // While the pages are read, the late one commits and others come in.
            if round == 1 {
                try slow.execute("commit")
                expected += try fixture.store([fixture.order("b")])
                try fixture.refuse()
            }
            if round > 1, !page.more, page.ids.isEmpty { break }
        }
        #expect(shown.count == expected.count + 2 && Set(shown).count == shown.count)
        #expect(Set(shown).isSuperset(of: expected.map { "event\($0)" }))
    }

    @Test func filtersCountForPollsToo() throws {
        let start = try first()
        try fixture.store([fixture.order("1"), fixture.order("2", source: "other")])
        try fixture.refuse()
        #expect(try poll(start).ids.count == 3)
        #expect(try poll(start, "&outcome=refused").ids == ["refusal1"])
        #expect(try poll(start, "&source=other").ids.count == 1)
        #expect(try poll(start, "&q=order:1").ids.count == 1)
        #expect(try poll(start, "&type=order.created&state=completed").ids.count == 2)
    }

    @Test(arguments: [
        "", "1", "1:2", "1:2:3:4", "a:b:", "0:1:", "01:2:", "-1:2:", "1:2:-", "1:2:x", "1:2:1..1", "1:5:2,3",
        "1:2:-1:2:-1.1", "1:2:-1:2:-1.4.3", "1:2:-1:2:-0.1.3", "99999999999999999999:1:",
    ])
    func whatIsNoCursorIsRefused(_ text: String) throws {
        let query = text.replacing(",", with: "%2C")
        let answer = fixture.answer(fixture.request("GET", "/api/v2/events?after=\(query)", token: token))
        #expect(answer.status == 400)
        #expect(try answer.json()["parameter"] == "after")
    }

    /// What Postgres would call an error of the statement is taken for what it can mean.
    @Test(arguments: ["9:2:", "1:9:7.3.3.12", "3:9:1.2", "1:999999999999999999:"])
    func aForgedCursorDoesNoHarm(_ text: String) throws {
        #expect(fixture.answer(fixture.request("GET", "/api/v2/events?after=\(text)", token: token)).status == 200)
    }
}
