import FastCGIClient
import HTTPReceiver
import Ledger
import LoadClient
import LocalStack
import Platform
import Postgres

/// What a small machine notices: the start of the responder and of the batch processor, and the processor time of a stack
/// that has nothing to do.
struct StartRow {
    private let stand: Stand
    private static let name = "start"
    /// A start takes a fraction of a second; the median counts.
    private var starts: Int { stand.options.starts }

    init(_ stand: Stand) { self.stand = stand }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase(Self.name)
        let answers = try responderStarts()
        say("  the responder's starts: \(Self.texts(answers))")
        let title = "from the responder's start to its first answer, a delivery stored, p50"
        result.add(title, Turns.median(answers), unit: " ms")
        let requests = try batchStarts()
        say("  the batch processor's starts: \(Self.texts(requests))")
        result.add("from the batch processor's start to its first request, p50", Turns.median(requests), unit: " ms")
        let idle = try IdleStack(stand).measure()
        say("  idle stack: \(idle.text)")
        result.add("idle stack, share of one core", idle.total, unit: " %")
        result.note("an idle stack, shares of one core: \(idle.text)")
    }

    private static func texts(_ times: [Double]) -> String { times.map(format).joined(separator: " ") + " ms" }

    /// From the start of the program until a signed delivery is stored and answered, in milliseconds.
    private func responderStarts() throws -> [Double] {
        let contender = try stand.startHookledger(Self.name, title: Self.name, database: Self.name)
        stand.end(contender.process)
        let socket = "\(stand.sockets)/\(Self.name).sock"
        return try (0...starts).map { number in
            try Files.remove(socket)
            let request = request("start-\(number)")
            let start = SystemClock.monotonicNanoseconds()
            let process = try stand.startHookledger(Self.name, title: Self.name, database: Self.name).process
            defer { stand.end(process) }
            for _ in 0..<10_000 {
                if let answer = try? RawConnection.exchange(request, socket: socket) {
                    guard answer.status == 200 else { throw BenchFailure("the first answer is \(answer.output)") }
                    return Self.milliseconds(since: start)
                }
                SystemClock.sleep(microseconds: 200)
            }
            throw BenchFailure("the responder does not start")
        }.dropFirst().map(\.self)
    }

    private func request(_ order: String) -> [UInt8] {
        let now = SystemClock.wallMicroseconds() / 1_000_000
        let delivery = ShopDelivery.guide(order, "AWAITING_SHIPMENT", at: now)
        let headers = delivery.headers(.init(key: "", secret: stand.secret), signedAt: now)
        return Records.request(
            "POST", Deliveries.path, body: Array(delivery.body.utf8),
            more: headers.map { ("HTTP_" + $0.name.uppercased().replacing("-", with: "_"), $0.value) })
    }

    /// From the start of the program until the request of a due job arrives, in milliseconds.
    private func batchStarts() throws -> [Double] {
        let arrivals = Locked<[Int64]>([])
        let receiver = try Receiver { _, _ in
            arrivals.withLock { $0.append(SystemClock.monotonicNanoseconds()) }
            return .answer(200)
        }
        let conninfo = stand.cluster.conninfo(user: "hookledger_batch", database: Self.name)
        let configuration = "\(stand.folder)/start-batch/hookledger.yaml"
        try GenerationFile("\(stand.folder)/start-batch/generation").write(0)
        try Files.write(
            configuration, text: OwnJobs.configuration(conninfo: conninfo, url: receiver.url))
        let fill = Fill(stand, database: Self.name)
        try fill.events(2)
        let program = try Executable.folder() + "/hookledger-batch"
        return try (0...starts).map { _ in
            try fill.jobs(1, action: "erp", kind: "http")
            arrivals.withLock { $0 = [] }
            let start = SystemClock.monotonicNanoseconds()
            _ = try stand.work("start-batch", [program, "--config", configuration, "--for", "1min", "--once"])
            guard let arrival = arrivals.withLock({ $0.first }) else { throw BenchFailure("no request arrived") }
            return Double(arrival - start) / 1_000_000
        }.dropFirst().map(\.self)
    }

    private static func milliseconds(since start: Int64) -> Double {
        Double(SystemClock.monotonicNanoseconds() - start) / 1_000_000
    }
}
