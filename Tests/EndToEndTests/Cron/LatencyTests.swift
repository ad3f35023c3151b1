import HTTPReceiver
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// How long it takes from a webhook to the first byte of its action, on an idle stack whose batch processor cron
/// starts. Measured with HOOKLEDGER_FULL=1, for HOOKLEDGER_LATENCY_SECONDS (90, and so over a change of runs); the
/// times are printed and not judged, as they are the machine's as well.
@Suite(.place) struct LatencyTests {
    private static let seconds = Environment.value(of: "HOOKLEDGER_LATENCY_SECONDS").flatMap { Int64($0) } ?? 90

    @Test(.enabled(if: TestStack.canUnshare && LoadStack.isFull, "takes minutes, root and unshare(1)"))
    func fromTheWebhookToItsAction() async throws {
        let receiver = try Receiver { _, _ in .answer(200) }
        try await TestStack.inFolder { folder in
            let host = try CronHost(folder, configuration: Self.configuration(receiver))
            defer { host.end() }
            let (shop, books) = (try Shop(host.stack), StackBooks(host.stack))
            #expect(try shop.send(Self.order(0)).status == 200)
            let done = "select count(*) from job_log where outcome = 'done'"
            #expect(try await books.eventually(done, are: ["1"]), "\(host.syslog.messages)")
            let sent = try await send(shop)
            #expect(try await books.eventually(done, are: ["\(sent.count + 1)"]))
            var delays: [Int64] = []
            for line in try books.lines(
                "select order_id, (extract(epoch from first_byte_at) * 1000000)::bigint from job_log where outcome = 'done'"
            ) {
                let columns = line.split(separator: "|")
                guard let before = sent[String(columns[0])], let out = Int64(columns[1]) else { continue }
                delays.append(out - before)
            }
            #expect(delays.count == sent.count)
            print(try Self.report(delays))
        }
    }

    /// Sends orders at odd moments, one at a time.
    /// - Returns: when each was sent, in microseconds of wall-clock time: before its 2xx.
    private func send(_ shop: Shop) async throws -> [String: Int64] {
        var sent: [String: Int64] = [:]
        let end = ContinuousClock.now + .seconds(Self.seconds)
        while ContinuousClock.now < end {
            let number = sent.count + 1
            sent["slow-\(number)"] = SystemClock.wallMicroseconds()
            #expect(try shop.send(Self.order(number)).status == 200)
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...950)))
        }
        return sent
    }

    private static func order(_ number: Int) -> ShopDelivery {
        .guide("slow-\(number)", "AWAITING_SHIPMENT", at: Shop.now, amount: "1")
    }

    private static func report(_ delays: [Int64]) throws -> String {
        let sorted = delays.sorted()
        let parts = [("p50", 50), ("p95", 95), ("p99", 99), ("most", 100)].map { name, percent in
            let delay = sorted[min(sorted.count - 1, sorted.count * percent / 100)]
            return "\(name) \(delay / 1000) ms"
        }
        let load = try Files.readText("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")
        return "From webhook to action, \(sorted.count) of them in \(seconds) s: " + parts.joined(separator: ", ")
            + "; load \(load)"
    }

    private static func configuration(_ receiver: Receiver) -> String {
        """
        \(StackYAML.tikTokShop)
        actions:
          erp: { kind: http, url: "\(receiver.url)" }
        rules:
          - name: every-event
            do: [erp]
        """
    }
}
