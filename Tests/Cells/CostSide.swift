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
    /// Microseconds for a delivery, of each round.
    private(set) var rounds: [Double] = []
    private var backgrounds: [Double] = []
    private var routings: [Double] = []
    private var owns: [Double] = []
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
        let (own, time) = (PostgresTime.ofThisProcess - before.2, PostgresTime(of: servers) - before.0)
        let routing = (PostgresTime(of: routers) - before.1).all
        let count = Double(max(1, deliveries.count))
        rounds.append(time.all / count)
        backgrounds.append(time.background / count)
        routings.append(routing / count)
        owns.append(own / count)
    }

    /// Microseconds of the servers for a delivery, with what they do beside their sessions.
    var each: Double { Self.median(rounds) }
    /// The second part of it.
    var background: Double { Self.median(backgrounds) }
    /// Microseconds of the router for a delivery.
    var routing: Double { Self.median(routings) }
    /// Microseconds of the thread that sends, for a delivery.
    var sending: Double { Self.median(owns) }

    /// This one against another: the median of the rounds, in each of which both were measured within a second or two. What else runs on the
    /// machine slows both down then.
    func ratio(to other: CostSide) -> Double {
        Self.median(zip(rounds, other.rounds).map { $0 / max(0.001, $1) })
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
