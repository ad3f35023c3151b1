import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// Postgres goes away under a source that does not retry: what is answered 2xx is stored in the end, once, whoever
/// is killed on the way.
@Suite(.serialized, .place) struct SpoolLifeTests {
    @Test func whatIsAnsweredWhilePostgresIsAwayIsStoredLater() throws {
        let host = try SpoolHost()
        defer { host.end() }
        #expect(host.post("before").status == 200)
        host.cluster.stop()
        for order in 1...20 {
            let answer = host.post("order-\(order)", at: 1_735_380_000)
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""order_id":"order-\#(order)""#))
        }
        #expect(try host.hasSpooled())
        // A sender's repetition is spooled again, and still one event in the end.
        #expect(host.post("order-1", at: 1_735_380_000).status == 200)
        try host.cluster.start()
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(try !host.hasSpooled())
        let events = "select count(*), count(distinct order_row) from events where origin = 'spool'"
        #expect(try host.lines(events) == ["20|20"])
        #expect(try host.lines("select count(*) from orders where total_amount = 1.50") == ["21"])
        try host.awaitStore()
        #expect(host.post("after").status == 200)
        #expect(try host.lines("select origin from events where subject = 'order:after'") == ["delivery"])
    }

    /// GitHub and WooCommerce send nothing a second time, and are spooled without a word in the configuration.
    @Test func whatIsNeverSentAgainIsSpooledByDefault() throws {
        let host = try SpoolHost()
        defer { host.end() }
        host.cluster.stop()
        let order = #"{"id":7,"status":"processing","total":"1.00","date_modified_gmt":"2025-10-28T12:00:00"}"#
        #expect(
            try host.post(
                "woocommerce", to: "/webhook/woocommerce", order, topic: ("x-wc-webhook-topic", "order.updated"))
                == 200)
        #expect(try host.post("github", to: "/webhook/github", "{}", topic: ("x-github-event", "push")) == 200)
        #expect(
            try host.post("shopify", to: "/webhook/shopify", "{}", topic: ("x-shopify-topic", "orders/paid")) == 503)
        try host.cluster.start()
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))
        #expect(
            try host.lines("select source, type, origin from events order by source")
                == ["github|push|spool", "woo|order.updated|spool"])
        #expect(try host.lines("select order_id, status from orders") == ["7|processing"])
    }

    /// Responder, Postgres and batch processor die again and again, each at any moment.
    @Test func killedAtAnyMomentNothingIsLostOrDoubled() throws {
        let host = try SpoolHost()
        defer { host.end() }
        var random = SystemRandomNumberGenerator()
        var acknowledged: [String] = []
        for round in 0..<8 {
            if round.isMultiple(of: 2) { host.cluster.crash() } else { try host.cluster.start() }
            let sent = Monitor(0)
            let (many, pause) = (Int.random(in: 0...30, using: &random), Int.random(in: 0...10, using: &random))
            let killing = try Platform.Thread(name: "killer") { [pid = try host.responderPID()] in
                _ = sent.wait(timeout: .seconds(patience)) { $0 >= many ? true : nil }
                SystemClock.sleep(milliseconds: pause)
                ChildProcess.Signal.kill.send(to: pid)
            }
            for number in 0..<60 {
                let order = "k\(round)-\(number)"
                if host.post(order).status == 200 { acknowledged.append(order) }
                sent.change { $0 += 1 }
            }
            killing.join()
            host.killResponder()
            try host.startResponder()
        }
        #expect(acknowledged.count > 20)
        try host.cluster.start()
        var kills = 0
        while try host.hasSpooled(), kills < 200 {
            let batch = try host.startBatch()
            if kills < 12 {
                SystemClock.sleep(milliseconds: Int.random(in: 5...120, using: &random))
                batch.terminate(with: .kill)
            } else {
                _ = batch.wait(timeout: .seconds(patience))
            }
            kills += 1
        }
        #expect(try !host.hasSpooled())
        #expect(kills > 0)
        #expect(!Files.exists(host.spool + "/aside"))
        let stored = try host.lines("select order_id from orders where order_id like 'k%'")
        #expect(Set(acknowledged).subtracting(stored) == [])
        #expect(try host.lines("select count(*) - count(distinct body) from events") == ["0"])
        #expect(try host.lines("select count(*) - count(distinct event_id) from receipts") == ["0"])
        #expect(try host.tool("orders", "rebuild", "--check").status == .exited(0))
    }

    /// A full disk under the spool: no answer says that anything was kept.
    @Test(.enabled(if: SpoolLifeTests.canMount)) func aFullDiskIsAnswered503() throws {
        let host = try SpoolHost(spoolSize: "64k")
        defer { host.end() }
        host.cluster.stop()
        var statuses: [Int?] = []
        for order in 0..<40 { statuses.append(host.post("full-\(order)", padding: 3000).status) }
        #expect(statuses.first == 200)
        #expect(statuses.last == 503)
        #expect(Set(statuses) == [200, 503])
    }

    @Test func ordersAreShownCheckedAndRebuilt() throws {
        let host = try SpoolHost()
        defer { host.end() }
        #expect(host.post("one").status == 200)
        let shown = try host.tool("orders", "show", "one").text.split(separator: "\n")
        #expect(shown.first?.hasPrefix("tiktok-shop one  (row #1, tiktok_shop_guide, since ") == true)
        #expect(shown.contains(#"  status: "AWAITING_SHIPMENT""#))
        #expect(shown.contains { $0.hasSuffix(#" event 1 status: - -> "AWAITING_SHIPMENT""#) })
        #expect(try host.tool("orders", "show", "none").status == .exited(1))
        #expect(try host.tool("orders", "rebuild", "--check").status == .exited(0))
        _ = try host.lines("update orders set order_data = order_data || '{\"status\": \"LOST\"}'")
        let check = try host.tool("orders", "rebuild", "--check")
        #expect(check.status == .exited(1))
        #expect(
            check.text == """
                tiktok-shop one status: stored "LOST", events say "AWAITING_SHIPMENT"
                1 orders, 1 differ.
                """)
        #expect(try host.tool("orders", "rebuild", "--check", "--source", "other").status == .exited(0))
        #expect(try host.tool("orders", "rebuild").status == .exited(0))
        #expect(try host.tool("orders", "rebuild", "--check").status == .exited(0))
        #expect(try host.lines("select status from orders") == ["AWAITING_SHIPMENT"])
    }

    /// Mounting a file system of one's own takes root and a kernel that lets it.
    private static let canMount: Bool = {
        let mount = ChildCommand(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], errors: .null)
        return (try? ChildProcess.run(mount))?.succeeded == true
    }()
}
