import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The action `knowledge_base` in the real `hookledger-batch`, against a stand-in that keeps Coze's contract.
@Suite(.blocking) struct KnowledgeBaseTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    private var action: String {
        "kb: { kind: knowledge_base, token: { env: TOKEN }, dataset: \"7\", base_url: \"\(standIns.url)/coze\", "
            + "timeout: 1s, backoff: 10ms }"
    }

    private static let header = "id,name,description,price,currency,sku,qty,status,url\r\n"

    /// Makes products and one job for all of them, as record() does.
    private func enqueue(_ products: String...) throws {
        for (number, data) in products.enumerated() {
            _ = try fixture.superuser.query(
                """
                insert into products (source, product_id, provider, product_data, extra, clocks, last_event_id,
                    last_event_received_at)
                values ('shop', $1, 'evershop', $2::jsonb, '{}', '{}', 1, now())
                on conflict (source, product_id, shop_key) do update set product_data = excluded.product_data
                """, [.text(String(number + 1)), .text(data)])
        }
        try fixture.enqueue(1, action: "kb")
        try fixture.superuser.execute("update jobs set kind = 'knowledge_base', unique_key = 'knowledge_base:kb'")
    }

    private func run(flags: [String] = ["auto_sync_products"], times: Int = 40) throws {
        let program = try BatchProgram(fixture, url: "", actions: [action], flags: flags)
        defer { program.remove() }
        for _ in 0..<times where try fixture.count("jobs", "state <> 2") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
    }

    @Test func theDocumentIsWhatTheProductsAre() throws {
        try enqueue(
            #"{"name": "New, \"good\" Product", "price": 99.99, "sku": "PROD-123", "quantity": 100}"#,
            #"{"name": "=cmd()", "description": "two\nlines", "price": 5}"#, #"{"name": "gone", "deleted": true}"#)
        try run()
        #expect(
            try standIns.documents("products") == [
                Self.header + "1,\"New, \"\"good\"\" Product\",,99.99,,PROD-123,100,,\r\n"
                    + "2,'=cmd(),\"two\nlines\",5,,,,,\r\n"
            ])
        // A second sync takes the place of the first.
        try enqueue(#"{"name": "Other"}"#, #"{"deleted": true}"#)
        try run()
        #expect(try standIns.documents("products") == [Self.header + "1,Other,,,,,,,\r\n"])
        #expect(try standIns.effects("coze") == ["products": 2])
    }

    @Test func aDatasetOfManyDocumentsIsReadToItsEndAndOthersAreLeftAlone() throws {
        for _ in 0..<101 { try standIns.makeDocument("manual", dataset: "7") }
        for dataset in ["7", "7", "8"] { try standIns.makeDocument("products", dataset: dataset) }
        try enqueue(#"{"name": "A"}"#)
        try run()
        #expect(try standIns.documents("manual").count == 101)
        #expect(try standIns.documents("products").sorted() == [Self.header + "1,A,,,,,,,\r\n", "x"].sorted())
    }

    @Test func withoutTheFlagNothingIsSynced() throws {
        try enqueue(#"{"name": "A"}"#)
        try run(flags: [])
        #expect(try standIns.documents("products").isEmpty)
        #expect(try fixture.count("job_attempts", "outcome = 'skipped' and reason like '%auto_sync_products%'") == 1)
    }

    /// Of a sync of three requests each one meets with each fault.
    @Test(arguments: ["timeout", "reset", "busy", "error", "garbage", "huge"], ["list", "delete", "create"])
    func everyFaultEndsInOneDocument(fault: String, verb: String) throws {
        try standIns.makeDocument("products", dataset: "7")
        try standIns.inject(fault, at: "/coze/open_api/knowledge/document/\(verb)")
        try enqueue(#"{"name": "A"}"#)
        try run()
        #expect(try standIns.documents("products") == [Self.header + "1,A,,,,,,,\r\n"])
        #expect(try fixture.count("job_attempts", "outcome = 'done'") == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'retry'") == 1)
        #expect(try fixture.count("effects") == 0)
    }

    @Test(arguments: ["list", "delete", "create"]) func noRedirectLeadsToAPrivateAddress(verb: String) throws {
        try standIns.makeDocument("products", dataset: "7")
        try standIns.inject("redirect", at: "/coze/open_api/knowledge/document/\(verb)")
        try enqueue(#"{"name": "A"}"#)
        try run()
        #expect(try fixture.count("dead_letters", "last_error like '%redirects are not followed%'") == 1)
        // The old one is there; beside the new one when that is there, too.
        #expect(try standIns.documents("products").contains("x"))
        #expect(try standIns.effects("coze") == ["products": verb == "delete" ? 2 : 1])
    }

    /// Whichever request it dies at, the dataset has a document all the time: the old one, the new one or both.
    @Test(arguments: ["create", "delete"]) func aWorkerThatIsKilledLeavesADocumentAndTheNextOneCorrectsIt(verb: String)
        throws
    {
        try standIns.makeDocument("products", dataset: "7")
        // What it waits for does not come before it is killed.
        try standIns.inject("hold", at: "/coze/open_api/knowledge/document/\(verb)")
        try enqueue(#"{"name": "A"}"#)
        let program = try BatchProgram(
            fixture, url: "", actions: [action.replacing("1s", with: "600s")], flags: ["auto_sync_products"])
        defer { program.remove() }
        let worker = try program.start("--for", "600s")
        #expect(
            try eventually {
                try verb == "create"
                    ? standIns.effects("coze")["products"] == 2 : !standIns.effects("coze deletions").isEmpty
            })
        worker.terminate(with: .kill)
        let new = Self.header + "1,A,,,,,,,\r\n"
        #expect(try standIns.documents("products").sorted() == (verb == "create" ? [new, "x"] : [new]))
        // What it had sent last is over, too, before its lease is ended.
        #expect(
            try eventually {
                try fixture.count(
                    "pg_stat_activity", "datname = current_database() and usename = 'hookledger_batch'") == 0
            })
        try fixture.superuser.execute("update jobs set lease_until = now() - interval '1 s' where state = 1")
        try run()
        #expect(try standIns.documents("products") == [new])
    }

    /// A sync that fails to its end empties nothing and piles nothing up, and the next one corrects what it left.
    @Test(arguments: [("create", ["x"]), ("delete", [header + "1,A,,,,,,,\r\n", "x"])])
    func aSyncThatFailsLeavesADocument(verb: String, left: [String]) throws {
        try standIns.makeDocument("products", dataset: "7")
        try standIns.inject("error", at: "/coze/open_api/knowledge/document/\(verb)", times: 4)
        try enqueue(#"{"name": "A"}"#)
        try run()
        #expect(try fixture.count("dead_letters") == 1)
        #expect(try standIns.documents("products").sorted() == left)
        try fixture.superuser.execute("delete from jobs")
        try enqueue(#"{"name": "B"}"#)
        try run()
        #expect(try standIns.documents("products") == [Self.header + "1,B,,,,,,,\r\n"])
    }
}
