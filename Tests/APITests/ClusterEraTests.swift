import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// Cursors and transaction numbers are valid in one history of one cluster.
@Suite(.blocking) struct ClusterEraTests {
    let fixture: APIFixture
    let token: String

    init() throws {
        fixture = try APIFixture()
        token = try fixture.token(.read)
    }

    private func answer(after cursor: String) -> Answer {
        fixture.answer(fixture.request("GET", "/api/v2/events?after=\(cursor)", token: token))
    }

    private func cursor() throws -> String {
        try #require(fixture.get("/api/v2/events", token: token)["live"]?.string)
    }

    @Test func aCursorOfAnotherClusterOrTimelineIsStale() throws {
        let parts = try cursor().split(separator: "-")
        let era = parts[0].split(separator: ".")
        for other in ["1.\(era[1])", "\(era[0]).\(try #require(Int(era[1])) + 1)"] {
            let answer = answer(after: "\(other)-\(parts[1])")
            #expect(answer.status == 409)
            #expect(try answer.json()["error"] == "stale_cursor")
        }
        #expect(answer(after: parts.joined(separator: "-")).status == 200)
        // A cursor of the previous version.
        #expect(answer(after: String(parts[1])).status == 200)
    }

    /// As after `pg_restore` into a younger cluster: the numbers of the rows are in the future.
    private func makeForeign() throws {
        _ = try fixture.superuser.query(
            """
            update events set written_by = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000000)::text::xid8
            """)
        _ = try fixture.superuser.query("update cluster_identity set system_identifier = 1")
    }

    @Test func rowsOfAnotherClusterAreNotShownAtEveryPoll() throws {
        try fixture.store([fixture.order("old")])
        try makeForeign()
        let start = try cursor()
        try fixture.store([fixture.order("new")])
        let page = try fixture.get("/api/v2/events?after=\(start)", token: token)
        #expect(page["data"]?.array?.count == 1)
        let next = try #require(page["live"]?.string)
        #expect(try fixture.get("/api/v2/events?after=\(next)", token: token)["data"]?.array?.isEmpty == true)
    }

    @Test func migrateRemovesTheNumbersOfAnotherCluster() throws {
        try fixture.store([fixture.order("old")])
        try makeForeign()
        let files = try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql")
        #expect(try Migrator.apply(files, over: fixture.superuser).removedNumbers)
        let left = try fixture.superuser.query("select count(*) from events where written_by is not null").only().int(0)
        #expect(left == 0)
        #expect(try !Migrator.apply(files, over: fixture.superuser).removedNumbers)
        // What is written from now on has numbers of this cluster, and is shown.
        let start = try cursor()
        try fixture.store([fixture.order("new")])
        #expect(try fixture.get("/api/v2/events?after=\(start)", token: token)["data"]?.array?.count == 1)
    }
}
