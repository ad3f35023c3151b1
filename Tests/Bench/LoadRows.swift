import LocalStack
import Platform

/// Hookledger under other loads than the even one, each in turns with that one: more connections, a burst, repetitions,
/// changes that come late, single deliveries, a Postgres at a distance.
struct LoadRows {
    private let stand: Stand

    init(_ stand: Stand) { self.stand = stand }

    /// A load, and how it is sent.
    private struct Case {
        let title: String
        var shape = Deliveries.Shape()
        var connections: Int?
        var pause = 0
        /// How many deliveries are sent at once; nil for as many as a turn takes.
        var burst: Int?
        var isFar = false
    }

    func measure(into result: inout BenchResult) throws {
        try stand.migratedDatabase("loads")
        try stand.migratedDatabase("far")
        let near = try stand.startHookledger("loads", title: "Hookledger", database: "loads")
        let far = try stand.startHookledger(
            "far", title: "far", database: "far", sockets: try stand.startDistance(milliseconds: 0.5))
        let front = try Front([near, far], on: stand)
        let cases = Self.cases()
        var turns = cases.map { Turns($0.title) }
        for round in 0...stand.options.fewRounds {
            for (place, load) in cases.enumerated() {
                let seconds = stand.options.fewSeconds
                let deliveries = try Deliveries(
                    "loads\(round)x\(place)", count: load.burst ?? seconds * IngestRows.mostPerSecond, in: stand,
                    shape: load.shape)
                let turn = try front.turn(
                    load.isFar ? far : near, deliveries, load.burst == nil ? seconds : 2 * stand.options.seconds,
                    until: load.burst == nil ? .time : .once, connections: load.connections, pause: load.pause)
                if round > 0 { turns[place].add(turn) }
                say("  round \(round): \(Turns.line(load.title, turn))")
                try Files.remove(deliveries.file)
            }
        }
        result.add(turns: turns, title: "Hookledger under other loads")
        for (load, measured) in zip(cases, turns).dropFirst() {
            if load.pause == 0 {
                result.add("rate against even load: \(load.title)", measured.ratio(to: turns[0]), unit: "×")
            } else {
                result.add("p50, \(load.title)", Turns.median(measured.loads.map(\.median)), unit: " ms")
                result.add("p99, \(load.title)", Turns.median(measured.loads.map(\.p99)), unit: " ms")
            }
        }
        for contender in [near, far] { stand.end(contender.process) }
        front.stop()
    }

    private static func cases() -> [Case] {
        var repeated = Case(title: "a tenth repeated")
        repeated.shape.repeatsEvery = 10
        var spread = Case(title: "changes 10,000 orders later")
        spread.shape.block = 10_000
        var burst = Case(title: "10,000 at once, 256 connections")
        (burst.connections, burst.burst) = (256, 10_000)
        var single = Case(title: "one at a time, 50 a second")
        (single.connections, single.pause) = (1, 18)
        var far = Case(title: "Postgres a millisecond away")
        far.isFar = true
        return [
            Case(title: "even load"), Case(title: "256 connections", connections: 256), burst, repeated, spread, single,
            far,
        ]
    }
}
