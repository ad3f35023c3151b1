import LocalStack
import Platform

/// One turn of the load client, wrk(1): a number of connections, each with one request under way.
struct Load {
    /// Answers, and the time that they took.
    let requests: Int
    let seconds: Double
    /// Latencies in milliseconds.
    let median: Double
    let p99: Double
    /// Answers other than 2xx and 3xx, and connections that broke or waited too long.
    let failures: Int
    /// The processor time of client, nginx, server and Postgres in microseconds for each answer.
    let cost: [Meter.Part: Double]
    /// The most memory that the server had, in MB: resident, and of that its own.
    let resident: Double
    let anonymous: Double

    /// Answers a second.
    var rate: Double { Double(requests) / seconds }

    /// How a turn ends.
    enum End: String {
        /// After its time. Deliveries that run out before are an error.
        case time
        /// After its time. Deliveries that run out are sent again.
        case again
        /// With the last delivery.
        case once
    }

    /// Sends deliveries to a contender.
    ///
    /// - Parameters:
    ///   - seconds: the most time that it takes.
    ///   - connections: nil for the number that the options name.
    ///   - pause: milliseconds that a connection waits before each request.
    init(
        _ deliveries: Deliveries, to contender: Contender, through front: Front, on stand: Stand, seconds: Int,
        until end: End = .time, connections: Int? = nil, pause: Int = 0
    ) throws {
        let connections = connections ?? stand.options.clients
        let log = stand.folder + "/wrk.log"
        try Files.remove(log)
        let script = stand.options.repository + "/Tests/Bench/Contenders/requests.lua"
        let client = try ChildProcess.spawn(
            ChildCommand(
                [
                    "wrk", "--threads", "1", "--connections", String(connections), "--duration",
                    "\(seconds)s", "--timeout", "10s", "--script", script, front.url(contender), "--", deliveries.file,
                    end.rawValue, String(pause),
                ], output: .file(log), errors: .file(log)))
        var meter = Meter([
            .client: client.pid, .nginx: front.pid, .server: contender.process.pid,
            .postgres: stand.cluster.pid ?? 0,
        ])
        while client.wait(timeout: .milliseconds(50)) == nil { meter.look() }
        let text = try Files.readText(log)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RESULT ") }) else {
            throw BenchFailure("wrk failed:\n\(text)")
        }
        let fields = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard fields.count == 9, fields[0] > 0 else { throw BenchFailure("wrk says: \(line)") }
        requests = Int(fields[0])
        self.seconds = fields[1] / 1_000_000
        median = fields[2] / 1000
        p99 = fields[3] / 1000
        failures = Int(fields[4...].reduce(0, +))
        cost = meter.spent.mapValues { $0 / fields[0] }
        resident = meter.resident
        anonymous = meter.anonymous
        if end == .time, requests + connections >= deliveries.count {
            throw BenchFailure("\(deliveries.count) deliveries were too few for \(contender.title)")
        }
    }
}
