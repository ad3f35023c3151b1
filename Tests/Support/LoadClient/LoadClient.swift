public import Outbound
internal import Platform
public import Transport

/// Many clients at once, over TLS, each with a connection that it keeps: they send their deliveries, and retry those
/// that are not answered 2xx, like a provider.
public struct LoadClient: Sendable {
    private let url: String
    private let certificate: String
    private let credentials: ShopDelivery.Credentials
    /// How many deliveries are under way at the same time.
    public var clients = 32
    /// The most attempts of a delivery.
    public var attempts = 1
    /// The pause before a retry.
    public var pauseMilliseconds = 300

    /// A client of one hook.
    ///
    /// - Parameters:
    ///   - url: of the hook.
    ///   - certificate: PEM file of what to trust.
    public init(url: String, certificate: String, credentials: ShopDelivery.Credentials) {
        self.url = url
        self.certificate = certificate
        self.credentials = credentials
    }

    /// Sends all of them, and returns when the last one was accepted or abandoned.
    public func send(_ deliveries: [ShopDelivery]) throws(OutboundFailure) -> LoadReport {
        let client = try HTTPClient(
            HTTPClient.Configuration(
                userAgent: "load-client", caFile: certificate, addressGuard: AddressGuard(allowing: ["localhost"]),
                maxInFlight: clients))
        var report = LoadReport(deliveries: deliveries.count)
        var fresh = deliveries.indices.makeIterator()
        var again: [(index: Int, due: Int64)] = []
        var sent: [RequestTicket: Int] = [:]
        let start = SystemClock.monotonicNanoseconds()

        func next() -> Int? {
            if let first = again.first, first.due <= SystemClock.monotonicNanoseconds() {
                again.removeFirst()
                return first.index
            }
            return fresh.next()
        }
        while true {
            while client.inFlight < clients, let index = next() {
                sent[client.start(request(deliveries[index]))] = index
            }
            if client.inFlight == 0 {
                guard let first = again.first else { break }
                SystemClock.sleep(milliseconds: Int((first.due - SystemClock.monotonicNanoseconds()) / 1_000_000) + 1)
            }
            for end in client.poll(waiting: 20) {
                guard let index = sent.removeValue(forKey: end.ticket) else { continue }
                let status = (try? end.result.get())?.status ?? 0
                report.note(status, of: index)
                if !(200..<300).contains(status), report.answers[index].count < attempts {
                    let pause = Int64(pauseMilliseconds) * 1_000_000
                    again.append((index, SystemClock.monotonicNanoseconds() + pause))
                }
            }
        }
        report.nanoseconds = SystemClock.monotonicNanoseconds() - start
        return report
    }

    private func request(_ delivery: ShopDelivery) -> HTTPRequest {
        let fields = delivery.headers(credentials, signedAt: SystemClock.wallMicroseconds() / 1_000_000)
        return HTTPRequest(
            method: "POST", url: url,
            headers: [.init("Content-Type", "application/json")] + fields.map { .init($0.name, $0.value) },
            body: Array(delivery.body.utf8), totalTimeout: .seconds(10), repeatable: true)
    }
}
