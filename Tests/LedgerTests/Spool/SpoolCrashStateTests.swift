import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// A power cut at any moment of the spool's life: nothing that was acknowledged is lost, and no state is refused.
@Suite(.blocking, .serialized) final class SpoolCrashStateTests {
    private let fixture: SpoolFixture

    init() throws { fixture = try SpoolFixture() }

    deinit { try? Files.remove(fixture.folder) }

    /// The steps of the spool's files, and which orders had a 2xx and which were in the ledger after how many of them.
    private struct Life: Sendable {
        var steps: [FileSteps.Step] = []
        var acknowledged: [(after: Int, order: String)] = []
        var recorded: [(after: Int, order: String)] = []
    }

    /// Deliveries are kept, imported, postponed and moved aside, and a foreign file is there, too.
    private func live() throws -> Life {
        let life = Locked(Life())
        let (path, database) = (fixture.path, fixture.ledger.database)
        FileSteps.observe { step in
            guard Self.paths(of: step).contains(where: { $0.hasPrefix(path) }) else { return }
            if case .remove = step {
                // What is in the ledger before a file goes.
                let orders = Self.orders(in: database)
                life.withLock { life in for order in orders { life.recorded.append((life.steps.count, order)) } }
            }
            life.withLock { $0.steps.append(step) }
        }
        defer { FileSteps.observe(nil) }
        func keep(_ orders: String...) throws {
            try SpoolFixture.spool(path).keep(orders.map { try SpoolFixture.spooled($0) })
            life.withLock { life in for order in orders { life.acknowledged.append((life.steps.count, order)) } }
        }
        try fixture.refuse("poison")
        try keep("1")
        try keep("2", "poison", "3")
        try #require(fixture.takeIn().postponed.count == 1)
        try keep("4")
        try Files.write(path + "/000-foreign.hooks", text: "not ours", mode: 0o640)
        try #require(fixture.takeIn(minutesLater: 31).postponed.count == 1)
        try keep("5", "6")
        try keep("7")
        try #require(fixture.takeIn(minutesLater: 62).setAside.count == 1)
        try keep("8")
        return life.withLock { $0 }
    }

    private static func paths(of step: FileSteps.Step) -> [String] {
        switch step {
        case .create(let path), .write(let path, _), .syncFile(let path), .syncFolder(let path), .remove(let path),
            .makeFolder(let path):
            // The folder of the spool is an entry of the one above.
            [path, path + "/spool"]
        case .rename(let path, let target): [path, target]
        }
    }

    private static func orders(in database: String) -> [String] {
        let connection = try? LedgerFixture.connection(LedgerFixture.conninfo(database, "postgres"))
        guard let rows = try? connection?.query("select order_id from orders") else { return [] }
        return rows.compactMap { try? $0.text(0) }
    }

    /// The orders that a spool has in any of its folders, and the faults of its complete files.
    private func open(_ path: String) throws -> (orders: Set<String>, faults: [String]) {
        let spool = SpoolFixture.spool(path)
        var orders: Set<String> = []
        var faults: [String] = []
        for part in ["", Spool.later + "/", Spool.aside + "/"] where Files.exists("\(path)/\(part)") {
            for name in try Files.list("\(path)/\(part)") where name.hasSuffix(Spool.suffix) {
                let segment = SpoolSegment.read(try Files.read("\(path)/\(part)\(name)"), key: spool.key)
                for delivery in segment.deliveries {
                    orders.insert(try #require(try Self.order(delivery)))
                }
                if let fault = segment.fault, !name.contains("foreign") { faults.append("\(part)\(name) \(fault)") }
            }
        }
        return (orders, faults)
    }

    private static func order(_ delivery: SpooledDelivery) throws -> String? {
        let text = String(decoding: delivery.delivery.body, as: UTF8.self)
        return text.firstMatch(of: /"order_id":"([^"]*)"/).map { String($0.1) }
    }

    @Test func everyStateThatAPowerCutMayLeaveIsWhole() throws {
        let life = try live()
        var states = CrashStates(in: fixture.folder)
        var seen: Set<CrashStates.State> = []
        var count = 0
        var imported = 0
        let place = fixture.folder + "/after"
        for moment in 0...life.steps.count {
            if moment > 0 { states.apply(life.steps[moment - 1]) }
            let acknowledged = Set(life.acknowledged.filter { $0.after <= moment }.map(\.order))
            let recorded = Set(life.recorded.filter { $0.after <= moment }.map(\.order))
            for state in states.all() {
                count += 1
                let isNew = seen.insert(state).inserted
                try Files.makeFolder(place)
                for (path, content) in state {
                    try Files.makeFolder(Files.parent("\(place)/\(path)"))
                    try Files.write("\(place)/\(path)", content, durable: false)
                }
                let (orders, faults) = try open(place + "/spool")
                // The first one is enough: without an fsync there are very many.
                try #require(
                    acknowledged.subtracting(recorded).isSubset(of: orders), "lost after step \(moment): \(state.keys)")
                try #require(faults == [], "refused after step \(moment)")
                // The real import reads each state once, and leaves no file that it could import.
                if isNew, !state.isEmpty {
                    imported += 1
                    let report = try fixture.takeIn(place + "/spool", minutesLater: 120)
                    #expect(report.stopped == nil || report.stopped?.contains("planted") == true)
                    #expect(report.setAside.allSatisfy { $0.contains("foreign") || $0.contains("3 times") })
                }
                try Files.remove(place)
            }
        }
        #expect(life.acknowledged.count == 9 && life.recorded.map(\.order).contains("7"))
        #expect(count > 100 && imported > 50)
        print(
            "spool crash states: \(life.steps.count) steps, \(count) states, \(imported) different ones imported, 0 lost"
        )
    }

    /// The model itself: without an fsync there is a state in which the file is torn, or has no name.
    @Test func theModelLosesWhatWasNotSynced() {
        func states(_ steps: [FileSteps.Step]) -> Set<CrashStates.State> {
            var states = CrashStates(in: "/r")
            for step in steps { states.apply(step) }
            return states.all()
        }
        let write: [FileSteps.Step] = [.create("/r/a.tmp"), .write("/r/a.tmp", [1, 2])]
        let rename: [FileSteps.Step] = [.rename("/r/a.tmp", to: "/r/a"), .syncFolder("/r")]
        #expect(states(write + [.syncFile("/r/a.tmp")] + rename) == [["a": [1, 2]]])
        #expect(states(write + rename) == [["a": []], ["a": [1]], ["a": [1, 2]], ["a": [0, 0]]])
        #expect(
            states(write + [.syncFile("/r/a.tmp"), .rename("/r/a.tmp", to: "/r/a")])
                == [[:], ["a.tmp": [1, 2]], ["a": [1, 2]]])
        #expect(
            states([.makeFolder("/r/f"), .create("/r/f/a"), .syncFile("/r/f/a"), .syncFolder("/r/f")]) == [
                [:], ["f/a": []],
            ])
        #expect(states([.create("/r/a"), .syncFile("/r/a"), .syncFolder("/r"), .remove("/r/a")]) == [[:], ["a": []]])
    }
}
