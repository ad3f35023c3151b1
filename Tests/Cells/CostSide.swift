import FaultSupport
import Ledger
import LocalStack

/// A place that batches are sent to, and the servers whose processor time counts.
final class CostSide {
    private let writer: LedgerWriter
    /// The most deliveries of a batch.
    let batch: Int
    private let servers: [PostgresCluster]
    private let router: PostgresCluster?
    private var count = 0.0
    private var time = PostgresTime()
    private var routerTime = 0.0
    private var own = 0.0
    /// Deliveries a second, of the fastest round: what else runs on the machine disturbed it least.
    private(set) var rate = 0.0

    /// - Parameters:
    ///   - conninfo: as the role of the responder.
    ///   - batch: the most deliveries of a batch.
    ///   - servers: those that store.
    ///   - router: what stands before them.
    init(_ conninfo: String, batch: Int, servers: [PostgresCluster], router: PostgresCluster? = nil) {
        writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(20))
        (self.batch, self.servers, self.router) = (batch, servers, router)
    }

    /// One round.
    /// - Parameter counts: false for the first one, which makes plans and partitions.
    func record(_ deliveries: [Recordable], counts: Bool) throws {
        let routers = router.map { [$0] } ?? []
        let before = (PostgresTime(of: servers), PostgresTime(of: routers), PostgresTime.ofThisProcess)
        let begin = instant()
        var rest = deliveries[...]
        while !rest.isEmpty {
            for result in writer.recordOnce(Array(rest.prefix(batch))) { _ = try result.get() }
            rest = rest.dropFirst(batch)
        }
        let end = instant()
        guard counts else { return }
        rate = max(rate, Double(deliveries.count) / Double(max(1, end - begin)) * 1e6)
        own += PostgresTime.ofThisProcess - before.2
        time = time + (PostgresTime(of: servers) - before.0)
        routerTime += (PostgresTime(of: routers) - before.1).all
        count += Double(deliveries.count)
    }

    /// Microseconds of the servers for a delivery, with what they do beside their sessions.
    var each: Double { time.all / max(1, count) }
    /// The second part of it.
    var background: Double { time.background / max(1, count) }
    /// Microseconds of the router for a delivery.
    var routing: Double { routerTime / max(1, count) }
    /// Microseconds of the thread that sends, for a delivery.
    var sending: Double { own / max(1, count) }
}
