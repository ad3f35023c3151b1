import Ledger
import Platform
import Webhooks

/// The import of the spool, and retention: the batch processor's work beside its jobs. Their rules are the product's where
/// these are values; the order of their steps is modelled.
final class Importer {
    private let world: World
    private let server: Server
    private let spool: SimSpool
    private let judge: Judge
    private static let mostTries = 3
    private static let retention: Int64 = 90 * 86_400_000_000

    init(_ world: World, _ server: Server, _ spool: SimSpool, _ judge: Judge) {
        self.world = world
        self.server = server
        self.spool = spool
        self.judge = judge
        next()
    }

    private func next() {
        world.after(world.int(5_000_000_000...15_000_000_000)) { [self] () throws(Violation) in
            retain()
            importNext(spool.files.filter { $0.postponedUntil <= world.now }.map(\.number)[...])
            next()
        }
    }

    /// Files in their order; a step of one may be the last before a kill.
    private func importNext(_ files: ArraySlice<Int64>) {
        guard let number = files.first, let file = spool.files.first(where: { $0.number == number }) else { return }
        if !server.isHealed, world.happens(server.faults.kills * 5) { return }
        if world.plant == .spoolRemovedFirst { spool.remove(number) }
        world.after(world.int(1_000_000...20_000_000)) { [self] in
            guard !server.isDown, !server.isFull, server.isHealed || server.fate() == .well else { return }
            var aside: [SimDelivery] = []
            var waiting: [SimDelivery] = []
            for delivery in file.deliveries {
                if ![.none, .values].contains(delivery.poison), file.tries + 1 < Self.mostTries {
                    waiting.append(delivery)
                } else if delivery.poison != .none {
                    aside.append(delivery)
                } else if server.isLocked(delivery.order) || server.hasInDoubt([delivery]) {
                    waiting.append(delivery)
                } else {
                    _ = server.store.record(
                        [delivery], maxAttempts: Simulation.maxAttempts, receivedAt: server.clock, at: server.clock)
                }
            }
            world.note(.imported, number, Int64(waiting.count))
            // The file goes when all of it is somewhere else.
            world.after(world.int(100_000...5_000_000)) { [self] in
                if !server.isHealed, world.happens(server.faults.kills * 5) { return }
                if !waiting.isEmpty {
                    let pause = min(world.now + 600_000_000_000, world.now + 60_000_000_000)
                    guard spool.keep(waiting, postponedUntil: pause, tries: file.tries + 1) else { return }
                }
                for delivery in aside {
                    world.note(.setAside, delivery.event)
                    judge.setAside(delivery.event)
                }
                spool.remove(number)
                importNext(files.dropFirst())
            }
        }
    }

    /// Old receipts go by the earliest clock, if no two clocks differ.
    private func retain() {
        if server.isDown { return }
        let isWrong = !server.isHealed && world.happens(50)
        let own = Timestamp(microseconds: world.now / 1000 + (isWrong ? world.int(-1...1) * 120 * 86_400_000_000 : 0))
        let clocks = Clocks(
            own: own, accuracy: .unknown, database: Timestamp(microseconds: server.clock),
            responder: server.responderClock)
        if world.plant == .retentionByOwnClock {
            forget(own)
        } else if clocks.disagreement == nil {
            forget(clocks.earliest)
        }
    }

    private func forget(_ time: Timestamp) {
        let gone = server.store.forget(receivedBefore: time.microseconds - Self.retention)
        if !gone.isEmpty { world.note(.retained, Int64(gone.count)) }
    }
}
