import Crypto
import JSON
import Ledger
import LedgerSupport
import Settings
import TestThreads
import Testing
import Webhooks

/// The exports of other tools, in the forms that they publish.
@Suite(.blocking) struct ForeignExportTests {
    private let there: TransferFixture
    private static let body = Guide.body("order_created", order: "77", status: "UNPAID", at: 1_760_000_000)

    init() throws { there = try TransferFixture(["tiktok_shop_guide"]) }

    private func take(_ text: String, _ tool: ForeignExport) throws -> EventImport.Report {
        let source = try #require(there.settings.source(named: "tiktok_shop_guide"))
        return try there.take(ReadExport(file: Array(text.utf8), of: tool, source: source, now: Guide.now))
    }

    private func event(_ columns: String) throws -> String? {
        try there.ledger.value("select concat_ws(' ', \(columns)) from events order by id limit 1")
    }

    /// A delivery of the guide, signed at that time.
    private func signed(_ time: Timestamp) throws -> (headers: [(String, String)], body: String) {
        let delivery = try Guide.delivery(Self.body, at: time)
        return (
            delivery.headers.fields.map { ($0.name, $0.value) }, String(decoding: delivery.body, as: UTF8.self)
        )
    }

    @Test func webhookSiteKeepsTheBytes() throws {
        let time = try #require(Timestamp(rfc3339: "2025-10-09T08:53:21Z"))
        let (headers, body) = try signed(time)
        var fields = JSONObject()
        for (name, value) in headers { fields[name] = [.string(value)] }
        let page: JSONValue = [
            "data": [
                [
                    "uuid": "a2a6a4ae-4130-4063-953a-84fa29d81d43", "type": "web", "token_id": "a94a7294",
                    "ip": "192.0.2.7", "hostname": "webhook.site", "method": "POST", "content": .string(body),
                    "query": .null, "headers": .object(fields),
                    "url": "https://webhook.site/a94a7294/tiktok?x=1", "created_at": "2025-10-09 08:53:21",
                    "updated_at": "2025-10-09 08:53:21",
                ]
            ], "total": 1, "per_page": 50, "current_page": 1, "is_last_page": true,
        ]
        let report = try take(page.text, .webhookSite)
        #expect(report.imported == 1 && report.unverified == 0, "\(report)")
        #expect(
            try event("verification, request_id, remote_addr, path, query, first_received_at at time zone 'UTC'")
                == "signature webhook.site:a2a6a4ae-4130-4063-953a-84fa29d81d43 192.0.2.7 /a94a7294/tiktok x=1 2025-10-09 08:53:21"
        )
        #expect(try take(page.text, .webhookSite).duplicates == 1)
    }

    /// Its API gives a body that was parsed: the signature is over other bytes.
    @Test func hookdeckVerifiesOnlyTexts() throws {
        let time = try #require(Timestamp(rfc3339: "2025-10-09T08:53:21.512Z"))
        let (headers, body) = try signed(time)
        var fields = JSONObject()
        for (name, value) in headers { fields[name] = .string(value) }
        func entry(_ id: String, _ body: JSONValue) -> JSONValue {
            [
                "id": .string(id), "team_id": "tm_1", "verified": true, "rejection_cause": .null,
                "ingested_at": .string(time.rfc3339), "source_id": "src_1", "created_at": .string(time.rfc3339),
                "data": [
                    "path": "/tiktok", "query": "x=1", "parsed_query": ["x": "1"], "headers": .object(fields),
                    "body": body,
                ],
            ]
        }
        let text = try take(JSONValue.object(JSONObject(["models": [entry("req_1", .string(body))]])).text, .hookdeck)
        #expect(text.imported == 1 && text.unverified == 0, "\(text)")
        #expect(try event("verification, request_id, path, query") == "signature hookdeck:req_1 /tiktok x=1")
        let spaced = try JSONValue(parsing: Array(body.utf8))
        let parsed = try take(JSONValue.array([entry("req_2", spaced)]).text, .hookdeck)
        #expect(parsed.duplicates == 1, "the same bytes: \(parsed)")
        let more: JSONValue = Guide.body("order_created", order: "78", status: "UNPAID", at: 1_760_000_000)
        #expect(try take(JSONValue.array([entry("req_3", more)]).text, .hookdeck).unverified == 1)
    }

    @Test func convoyBackupsAndAnswers() throws {
        let time = try #require(Timestamp(rfc3339: "2025-10-09T08:53:21.1Z"))
        let (headers, body) = try signed(time)
        var fields = JSONObject()
        for (name, value) in headers { fields[name] = [.string(value)] }
        let head: [(String, JSONValue)] = [
            ("event_type", "order.created"), ("created_at", "2025-10-09T08:53:21.1+00:00"),
            ("headers", .object(fields)),
        ]
        func entry(_ more: [(String, JSONValue)]) -> String {
            var object = JSONObject()
            for (name, value) in head + more { object[name] = value }
            return JSONValue.object(object).text
        }
        let lines = [
            entry([("uid", "01"), ("raw", .string(body)), ("data", "e30=")]),
            entry([("id", "02"), ("raw", ""), ("data", .string("\\x" + Hex.encode(Array(body.utf8))))]),
        ]
        let report = try take(lines.joined(separator: "\n") + "\n", .convoy)
        #expect(report.imported == 1 && report.duplicates == 1 && report.unverified == 0, "\(report)")
        #expect(try event("verification, request_id, path") == "signature convoy:01 /tiktok_shop_guide")
        let answer = """
            {"status": true, "data": {"content": [\(entry([("uid", "03"), ("data", Self.body)]))], "pagination": {}}}
            """
        #expect(try take(answer, .convoy).duplicates == 1)
    }

    /// A message has no request and no signature.
    @Test func svixIsUnverified() throws {
        let list: JSONValue = [
            "data": [
                [
                    "id": "msg_1srOrx2ZWZBpBUvZwXKQmoEYga2", "eventId": .null, "eventType": "order.created",
                    "payload": Self.body, "channels": .null, "timestamp": "2025-10-09T08:53:21Z",
                ]
            ], "iterator": "iterator", "done": true,
        ]
        let report = try take(list.text, .svix)
        #expect(report.imported == 1 && report.unverified == 1, "\(report)")
        #expect(
            try event("verification, type, subject, headers -> 1 ->> 1")
                == "unverified order.created order:77 msg_1srOrx2ZWZBpBUvZwXKQmoEYga2")
        #expect(try there.ledger.value("select count(*) from jobs") == "0")
    }

    @Test(arguments: ForeignExport.allCases)
    func anotherFormIsRefusedWhole(_ tool: ForeignExport) throws {
        for text in ["", "{", "[1]", "{\"data\": [{}]}", "[{\"id\": 1}]", "\u{1F}\u{8B}"] where !text.isEmpty {
            let error = #expect(throws: TransferError.self) { try take(text, tool) }
            #expect(error?.description.isEmpty == false, "\(text)")
        }
        #expect(try take("", tool).total == 0)
        #expect(try there.ledger.value("select count(*) from events") == "0")
    }
}
