public import History
public import LoadClient
internal import Outbound
internal import Platform
internal import Transport

/// Shops that send their orders at a steady rate, and retry what is not answered 2xx, as providers do. What is refused for
/// good (4xx) they do not retry.
public final class Sender: Sendable {
    private struct State {
        var sent: [Sent] = []
        /// When the last delivery that needs the database was sent that was answered 2xx.
        var lastStored: Int64 = 0
        var lastAccepted: Int64 = 0
        /// Of the first attempts at deliveries: where, when it ended, and whether it was answered 2xx.
        var firsts: [(path: Path, at: Int64, isAccepted: Bool)] = []
        /// When each answer 2xx to such a delivery was there.
        var stored: [Int64] = []
        var isEnding = false
        /// Everything that was made so far, and whether all of it is to be sent again.
        var items: [Item] = []
        var isRepeating = false
        var isPaused = false
        var isUnderWay = false
        var isAbandoned = false
        var failure: OutboundFailure?
    }

    /// Where a delivery goes: a source that spools while the database is away, or one that answers 503.
    public struct Path: Sendable, Hashable {
        /// The path of the URL.
        public let rawValue: String

        /// The source that spools.
        public static let spooling = Path(rawValue: "/webhook/tiktok")
        /// The source whose sender retries.
        public static let retrying = Path(rawValue: "/webhook/retrying")
        /// One of further sources whose senders retry, by its name.
        public static func further(_ source: String) -> Path { Path(rawValue: "/webhook/" + source) }
    }

    private struct Item {
        let place: Int
        let delivery: ShopDelivery
        let path: Path
    }

    private let state = Locked(State())
    private let thread = Locked<Thread?>(nil)
    private let url: String
    private let certificate: String
    private let credentials: [Path: ShopDelivery.Credentials]
    private let rate: Int
    private let paths: [Path]
    private let start = SystemClock.wallMicroseconds() / 1_000_000
    private static let clients = 32
    /// Microseconds between two attempts at a delivery.
    private static let pause: Int64 = 300_000

    /// Starts to send.
    ///
    /// - Parameters:
    ///   - url: where the shops send to, without a path.
    ///   - certificate: the path of the certificate to trust.
    ///   - rate: how many deliveries begin in a second.
    ///   - seed: of their order.
    ///   - paths: where the orders go, in turn.
    public init(
        url: String, certificate: String, credentials: [Path: ShopDelivery.Credentials], rate: Int, seed: UInt64,
        paths: [Path] = [.spooling, .retrying]
    )
        throws
    {
        (self.url, self.certificate, self.credentials, self.rate, self.paths) = (
            url, certificate, credentials, rate, paths
        )
        let thread = try Thread(name: "sender") { [self] in
            do throws(OutboundFailure) { try send(SplitMix64(seed: seed)) } catch {
                state.withLock { $0.failure = error }
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// Whether a delivery that was sent after that moment is stored.
    public func hasStored(after moment: Int64) -> Bool { state.withLock { $0.lastStored > moment } }

    /// Whether a delivery that was sent after that moment was answered 2xx, spooled or not.
    public func hasAccepted(after moment: Int64) -> Bool { state.withLock { $0.lastAccepted > moment } }

    /// The longest time without a stored delivery since a moment, in seconds.
    public func longestGap(since moment: Int64) -> Double {
        let times = [moment] + state.withLock { $0.stored.filter { $0 > moment } } + [instant()]
        return Double(zip(times.dropFirst(), times).map { $0 - $1 }.max() ?? 0) / 1_000_000
    }

    /// The share of first attempts since a moment that were answered 2xx; 1 if there were none.
    public func shareAccepted(since moment: Int64, at paths: Set<Path>) -> Double {
        let firsts = state.withLock { $0.firsts.filter { $0.at > moment && paths.contains($0.path) } }
        return firsts.isEmpty ? 1 : Double(firsts.filter(\.isAccepted).count) / Double(firsts.count)
    }

    /// How many deliveries were answered 2xx so far.
    public var accepted: Int { state.withLock { $0.sent.filter { $0.acceptedAt != nil }.count } }

    /// All that was answered 2xx is sent again, as providers do that did not get the answer.
    public func repeatAll() { state.withLock { $0.isRepeating = true } }

    /// Whether ``repeatAll()`` has not begun yet, or something is under way.
    public var isBusy: Bool { state.withLock { $0.isRepeating || $0.isUnderWay } }

    /// No new orders are made, and every delivery has its 2xx, before ``repeatAll()``.
    public func pause() { state.withLock { $0.isPaused = true } }

    /// Nothing new is sent; retries end with the last 2xx, or after a time.
    public func end(withinSeconds limit: Double) throws -> [Sent] {
        state.withLock { $0.isEnding = true }
        let watch = try Thread(name: "limit") { [self] in
            SystemClock.sleep(milliseconds: Int(limit * 1000))
            state.withLock { $0.isAbandoned = true }
        }
        thread.withLock { $0 }?.join()
        _ = watch
        let (sent, failure) = state.withLock { ($0.sent, $0.failure) }
        if let failure { throw failure }
        // The others were about to be sent.
        return sent.filter { !$0.answers.isEmpty }
    }

    private func send(_ chance: SplitMix64) throws(OutboundFailure) {
        var chance = chance
        let client = try HTTPClient(
            HTTPClient.Configuration(
                userAgent: "shops", caFile: certificate, addressGuard: AddressGuard(allowing: ["localhost"]),
                maxInFlight: Self.clients))
        var fresh: [Item] = []
        var again: [(item: Item, due: Int64)] = []
        var underWay: [RequestTicket: (item: Item, at: Int64)] = [:]
        var orders = 0
        var due = instant()
        while true {
            let (isEnding, isAbandoned, isPaused) = state.withLock { ($0.isEnding, $0.isAbandoned, $0.isPaused) }
            if isAbandoned || (isEnding && again.isEmpty && underWay.isEmpty) { return }
            let now = instant()
            if again.isEmpty, underWay.isEmpty, state.withLock({ $0.isRepeating }) {
                let known = state.withLock { state in
                    state.isRepeating = false
                    return state.items.filter { state.sent[$0.place].acceptedAt != nil }
                }
                again = known.map { ($0, now) }
            }
            while client.inFlight < Self.clients {
                let item: Item
                if let first = again.first, first.due <= now {
                    item = again.removeFirst().item
                } else if !isEnding, !isPaused, due <= now {
                    due = max(due + Int64(1_000_000 / rate), now - 1_000_000)
                    if fresh.isEmpty {
                        fresh = (orders..<orders + 20).flatMap(life).shuffled(using: &chance)
                        orders += 20
                    }
                    item = fresh.removeLast()
                } else {
                    break
                }
                underWay[client.start(request(item))] = (item, now)
            }
            let isUnderWay = !again.isEmpty || !underWay.isEmpty
            state.withLock { $0.isUnderWay = isUnderWay }
            for end in client.poll(waiting: 10) {
                guard let (item, at) = underWay.removeValue(forKey: end.ticket) else { continue }
                let status = (try? end.result.get())?.status ?? 0
                note(status, item, at)
                let isOver = (200..<300).contains(status) || (400..<500).contains(status) && status != 429
                if !isOver { again.append((item, instant() + Self.pause)) }
            }
        }
    }

    private func note(_ status: Int, _ item: Item, _ at: Int64) {
        state.withLock { state in
            if state.sent[item.place].answers.isEmpty {
                state.firsts.append((item.path, at, (200..<300).contains(status)))
            }
            state.sent[item.place].answers.append(.init(status: status, sentAt: at, endedAt: instant()))
            guard (200..<300).contains(status) else { return }
            state.lastAccepted = max(state.lastAccepted, at)
            guard item.path != .spooling else { return }
            state.lastStored = max(state.lastStored, at)
            state.stored.append(instant())
        }
    }

    private func request(_ item: Item) -> HTTPRequest {
        let fields =
            credentials[item.path].map {
                item.delivery.headers($0, signedAt: SystemClock.wallMicroseconds() / 1_000_000)
            } ?? []
        return HTTPRequest(
            method: "POST", url: url + item.path.rawValue,
            headers: [.init("Content-Type", "application/json")] + fields.map { .init($0.name, $0.value) },
            body: Array(item.delivery.body.utf8), totalTimeout: .seconds(10), repeatable: true)
    }

    /// The deliveries about an order; some providers send one of them twice. One in a hundred is sent to Slack, which takes
    /// one message a second.
    private func life(of number: Int) -> [Item] {
        let (order, time) = ("order-\(number)", start - 60)
        let amount = number % 100 == 1 ? "1.00" : "\(number % 900 + 2).50"
        let path = paths[number % paths.count]
        var life = [
            item(.guide(order, "AWAITING_SHIPMENT", at: time, amount: amount), order, "AWAITING_SHIPMENT", 1, path),
            item(
                .guide(order, "IN_TRANSIT", at: time + 20, amount: amount, type: "package_shipped"), order,
                "IN_TRANSIT", 2, path),
        ]
        if number % 10 == 0, path == .spooling {
            life.append(item(.partnerCenter(order, "CANCEL", at: time + 40), order, "CANCELLED", 3, .spooling))
        }
        if number % 7 == 0 { life.append(life[0]) }
        return life
    }

    private func item(_ delivery: ShopDelivery, _ order: String, _ status: String, _ rank: Int64, _ path: Path) -> Item
    {
        let sent = Sent(body: Array(delivery.body.utf8), order: order, status: status, rank: rank)
        let place = state.withLock { state in
            state.sent.append(sent)
            return state.sent.count - 1
        }
        let item = Item(place: place, delivery: delivery, path: path)
        state.withLock { $0.items.append(item) }
        return item
    }
}
