import HTTPReceiver
import LoadClient
import LocalStack
import Outbound
import Platform
import Transport

/// From the answer to a delivery until its action's request arrives, on a stack that has nothing else to do: the
/// supervisor starts the batch processor every minute, as cron does.
struct LatencyRow {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        let arrivals = Locked<[Int64]>([])
        let receiver = try Receiver { _, _ in
            arrivals.withLock { $0.append(SystemClock.monotonicNanoseconds()) }
            return .answer(200)
        }
        let folder = try Files.makeTemporaryFolder("hl-bench", mode: 0o711)
        defer { try? Files.remove(folder) }
        var options = StackOptions(
            folder: folder, programs: .beside(try Executable.folder() + "/hookledger"),
            share: stand.options.repository)
        (options.httpsPort, options.httpPort) = (0, 0)
        try Files.write(folder + "/hookledger.yaml", text: configuration(receiver))
        let stack = try LocalStack(options)
        defer { stack.stop() }
        let times = try send(stack) { place in
            for _ in 0..<10_000 {
                let seen = arrivals.withLock { $0 }
                if seen.count > place { return seen[place] }
                SystemClock.sleep(milliseconds: 1)
            }
            throw BenchFailure("the action's request did not come within ten seconds")
        }.sorted()
        guard Set(receiver.taken).count == times.count, receiver.taken.count == times.count else {
            throw BenchFailure("\(times.count) deliveries made \(receiver.taken.count) requests")
        }
        let p99 = times[min(times.count - 1, times.count * 99 / 100)]
        result.note(
            "from 2xx to the action's request, \(times.count) deliveries: p50 \(format(times[times.count / 2])) ms, "
                + "p99 \(format(p99)) ms, longest \(format(times[times.count - 1])) ms")
        result.add("from 2xx to the action's first byte out, p99, idle system", p99 / 1000, unit: " s")
    }

    /// Sends one delivery after the other, at moments that have nothing to do with the batch processor's.
    ///
    /// - Returns: milliseconds from each answer to its request's arrival.
    private func send(_ stack: LocalStack, _ arrival: (Int) throws -> Int64) throws -> [Double] {
        guard let key = stack.secret("TIKTOK_APP_KEY"), let secret = stack.secret("TIKTOK_APP_SECRET") else {
            throw BenchFailure("the stack has no secrets")
        }
        let client = try HTTPClient(
            HTTPClient.Configuration(
                caFile: stack.folder.certificate, addressGuard: AddressGuard(allowing: ["localhost"])))
        let end = ContinuousClock.now + .seconds(stand.options.latencySeconds)
        var times: [Double] = []
        while ContinuousClock.now < end {
            let now = SystemClock.wallMicroseconds() / 1_000_000
            let delivery = ShopDelivery.guide("idle-\(times.count)", "AWAITING_SHIPMENT", at: now)
            let fields = delivery.headers(.init(key: key, secret: secret), signedAt: now)
            let answer = try client.perform(
                HTTPRequest(
                    method: "POST", url: stack.state.url + Deliveries.path,
                    headers: fields.map { .init($0.name, $0.value) }, body: Array(delivery.body.utf8),
                    totalTimeout: .seconds(10), repeatable: true))
            let answered = SystemClock.monotonicNanoseconds()
            guard answer.status == 200 else { throw BenchFailure("the stack answered \(answer.status)") }
            times.append(Double(try arrival(times.count) - answered) / 1_000_000)
            SystemClock.sleep(milliseconds: .random(in: 100...700))
        }
        return times
    }

    private func configuration(_ receiver: Receiver) -> String {
        """
        database: {}  # kept up to date by hookledger up
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          tiktok-shop:
            providers: [tiktok_shop, tiktok_shop_guide]
            paths: [\(Deliveries.path)]
            credentials: { app_key: { env: TIKTOK_APP_KEY } }
            secrets: [ { env: TIKTOK_APP_SECRET } ]
        actions:
          erp: { kind: http, url: "\(receiver.url)" }
        rules:
          - name: every-event
            do: [erp]

        """
    }
}
