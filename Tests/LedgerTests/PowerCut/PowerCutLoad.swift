import JSON
import Ledger
import LedgerSupport
import Platform
import Testing

/// Deliveries that are recorded and spooled by several threads until the power is cut, and what was acknowledged of them.
final class PowerCutLoad: Sendable {
    private struct State {
        var acknowledged: [String] = []
        var isOver = false
    }

    private let state = Locked(State())
    private let number: Int

    /// - Parameter number: of the cut, which makes its orders new ones.
    init(_ number: Int) { self.number = number }

    /// The orders that were acknowledged: their COMMIT has returned, or they are in the spool.
    var acknowledged: [String] { state.withLock { $0.acknowledged } }

    /// Runs for that time, then ends everything after `cut`.
    /// - Parameters:
    ///   - conninfo: of the role that records.
    ///   - spool: its folder.
    func run(milliseconds: Int, conninfo: String, spool: String, cut: () throws -> Void) throws {
        let threads =
            try (0..<2).map { thread in
                try Thread(name: "record-\(thread)") { self.record(thread, conninfo) }
            } + [Thread(name: "spool") { self.keep(spool) }]
        SystemClock.sleep(milliseconds: milliseconds)
        try cut()
        state.withLock { $0.isOver = true }
        for thread in threads { thread.join() }
    }

    private func orders(_ name: String) -> some Sequence<String> {
        (0...).lazy.map { "\(self.number)-\(name)-\($0)" }.prefix { _ in !self.state.withLock { $0.isOver } }
    }

    private func acknowledge(_ order: String) { state.withLock { $0.acknowledged.append(order) } }

    private func record(_ thread: Int, _ conninfo: String) {
        let writer = LedgerWriter(conninfo: conninfo, deadline: .seconds(2))
        for order in orders("r\(thread)") {
            guard let delivery = try? Guide.recordable(Self.body(order)),
                let result = writer.recordOnce([delivery]).first
            else { continue }
            if case .success = result { acknowledge(order) } else { SystemClock.sleep(milliseconds: 1) }
        }
    }

    private func keep(_ path: String) {
        let spool = SpoolFixture.spool(path)
        for order in orders("s") {
            guard let delivery = try? SpoolFixture.spooled(order) else { continue }
            do {
                try spool.keep([delivery])
                acknowledge(order)
            } catch {
                SystemClock.sleep(milliseconds: 1)
            }
        }
    }

    private static func body(_ order: String) -> JSONValue {
        Guide.body("order_created", order: order, status: "UNPAID", at: 1_735_380_000)
    }
}
