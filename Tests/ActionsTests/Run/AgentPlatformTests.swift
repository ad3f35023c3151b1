import Crypto
import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

@testable import Actions

/// The actions `acp_order_event` and `ucp_order_event` in the real `hookledger-batch`, to platforms that check signatures.
@Suite(.blocking) struct AgentPlatformTests {
    let fixture: JobsFixture
    let platforms: AgentPlatforms
    private let key: PrivateKey

    init() throws {
        fixture = try JobsFixture()
        key = try PrivateKey.generate(.p256)
        platforms = try AgentPlatforms(
            secret: "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=", publicKey: key.publicKey().pem,
            kid: "shop-2026")
    }

    private static let permalink = "permalink: \"https://shop.example/orders/{order.id}\", backoff: 10ms"
    private var acp: String {
        "acp: { kind: acp_order_event, url: \"\(platforms.url)/acp\", secret: { env: HOOK_SECRET }, \(Self.permalink) }"
    }
    private var ucp: String {
        "ucp: { kind: ucp_order_event, url: \"\(platforms.url)/ucp?shop=1\", private_key: { file: ucp.pem }, "
            + "key_id: shop-2026, profile: \"https://shop.example/.well-known/ucp\", \(Self.permalink) }"
    }

    private func run(_ key: PrivateKey? = nil) throws {
        let program = try BatchProgram(fixture, url: "", actions: [acp, ucp])
        defer { program.remove() }
        let pem = String(decoding: try (key ?? self.key).pem().reveal(), as: UTF8.self)
        try Files.write(program.folder + "/ucp.pem", Array(pem.utf8), mode: 0o600)
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    /// One event of the one order, which says this now.
    private func say(_ changes: [String: JSONValue] = [:], for actions: [String] = ["acp", "ucp"]) throws {
        for action in actions { try fixture.enqueue(1, orders: 1, action: action) }
        var order = try #require(try JSONValue(parsing: Array(OrderEventTests.order.utf8)).object)
        for (key, value) in changes { order[key] = value }
        _ = try fixture.superuser.query(
            "update orders set order_data = $1::jsonb, extra = $2::jsonb, clocks = '{}'",
            [.text(JSONValue.object(order).text), .text(#"{"checkout_session_id": "cs_1"}"#)])
    }

    @Test func eachStateIsSentOnceAndTheWholeOrderEachTime() throws {
        for _ in 0..<3 { try say() }
        try run()
        #expect(try platforms.taken("refused") == [])
        for name in ["acp", "ucp"] { #expect(try platforms.taken(name).count == 1, "\(name)") }
        try say(["stage": "shipped", "tracking_numbers": ["1Z"], "changed_at": "2026-11-03T10:00:00Z"])
        try say(["stage": "shipped", "tracking_numbers": ["1Z"], "changed_at": "2026-11-03T10:00:00Z"])
        try run()
        try say(["stage": "delivered", "tracking_numbers": ["1Z"], "changed_at": "2026-11-04T10:00:00Z"])
        try run()
        #expect(try platforms.taken("refused") == [])
        let (acp, ucp) = try (platforms.taken("acp"), platforms.taken("ucp"))
        #expect(acp.map { $0["data"]?["status"]?.string } == ["processing", "shipped", "completed"])
        #expect(acp.allSatisfy { $0["data"]?["line_items"]?.array?.count == 2 })
        let progress = ucp.map { $0["line_items"]?.array?.first?["status"]?.string }
        #expect(progress == ["processing", "fulfilled", "fulfilled"])
        #expect(Set(ucp.compactMap { $0["webhook_id"]?.string }).count == 3)
        #expect(ucp.compactMap { $0["time"]?.integer } == ucp.compactMap { $0["time"]?.integer }.sorted())
        #expect(try fixture.count("dead_letters") == 0)
        #expect(try fixture.count("effects", "action in ('acp', 'ucp') and state = 'done'") == 6)
    }

    /// The platform answers 401, which no retry corrects.
    @Test func aWrongKeyIsADeadLetter() throws {
        try say(for: ["ucp"])
        try run(PrivateKey.generate(.p256))
        #expect(try platforms.taken("ucp") == [] && platforms.taken("refused").count == 1)
        #expect(try fixture.count("job_attempts", "outcome = 'dead' and reason like 'answered 401%'") == 1)
    }
}
