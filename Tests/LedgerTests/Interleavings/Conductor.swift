import Patience
import Platform
import Postgres

/// Runs players through every order of their steps: a step ends at a pause point, in a wait for another player's lock, or
/// with the work. Each schedule runs from the start, so no state is kept between two.
final class Conductor {
    /// What one schedule did.
    struct Run {
        /// Who could make a step, and who made it.
        var steps: [(ready: [Int], chosen: Int)] = []
        var outcomes: [String] = []
        /// Whether a player that was to make a step waited for a lock this time.
        var isOther = false

        var text: String { steps.map { "\($0.chosen)" }.joined() + " → " + outcomes.joined(separator: ", ") }
    }

    /// A schedule that does not end.
    struct Stuck: Error, CustomStringConvertible {
        let description: String
    }

    private let players: [Player]
    private let pids: [Int32]
    private let superuser: Connection
    /// The lock at which each player stops next.
    private var turns: [Int] = []
    private var opened: (player: Int, turn: Int)?

    /// - Parameter superuser: a session for this alone.
    init(_ players: [Player], over superuser: Connection) throws {
        self.players = players
        self.superuser = superuser
        pids = try players.map { player in
            guard let pid = player.pid else { throw Stuck(description: "a player has no session") }
            return pid
        }
        try superuser.execute("set deadlock_timeout = '50ms'")
        for place in players.indices {
            _ = try superuser.query("select pg_advisory_lock(\(place), 0), pg_advisory_lock(\(place), 1)")
        }
    }

    /// Runs all schedules, or the first `limit`.
    /// - Parameters:
    ///   - prepare: sets the stage for each.
    ///   - judge: returns what is wrong after it.
    /// - Returns: how many there are, and what is wrong with which.
    func playAll(
        limit: Int = .max, prepare: () throws -> Void, judge: ([String]) throws -> [String]
    ) throws -> (schedules: Int, violations: [String]) {
        var schedules = 0
        var violations: [String] = []
        var next: [Int]? = []
        while let prefix = next, schedules < limit, violations.count < 10 {
            try prepare()
            let run = try play(prefix)
            // What it did is another schedule, which has its own turn.
            if !run.isOther { schedules += 1 }
            violations += try judge(run.outcomes).map { "\(run.text): \($0)" }
            next = Self.next(after: run)
        }
        return (schedules, violations)
    }

    /// The choices up to the last step at which another player could have been chosen, with that one instead.
    private static func next(after run: Run) -> [Int]? {
        for place in run.steps.indices.reversed() {
            let step = run.steps[place]
            if let other = step.ready.first(where: { $0 > step.chosen }) {
                return run.steps[..<place].map(\.chosen) + [other]
            }
        }
        return nil
    }

    private func play(_ prefix: [Int]) throws -> Run {
        turns = players.map { _ in 1 }
        for place in players.indices {
            players[place].reset()
            _ = try superuser.query("select setval('hookledger.gate_\(place)', 1, false)")
        }
        var run = Run()
        var isStarted = players.map { _ in false }
        while true {
            let ready = try settled(isStarted)
            if ready.isEmpty { break }
            let wanted = run.steps.count < prefix.count ? prefix[run.steps.count] : ready[0]
            let chosen = ready.contains(wanted) ? wanted : ready[0]
            if !run.isOther { run.steps.append((ready, wanted)) }
            run.isOther = run.isOther || chosen != wanted
            if isStarted[chosen] { try open(chosen) } else { players[chosen].start() }
            isStarted[chosen] = true
        }
        run.outcomes = players.map { $0.outcome ?? "" }
        return run
    }

    private func open(_ player: Int) throws {
        opened = (player, turns[player])
        turns[player] = 1 - turns[player]
        _ = try superuser.query("select pg_advisory_unlock(\(player), \(1 - turns[player]))")
    }

    /// Waits until every player that has begun stands at a gate, waits for another one, or is at its end.
    /// - Returns: those that can make a step.
    private func settled(_ isStarted: [Bool]) throws -> [Int] {
        let end = SystemClock.monotonicNanoseconds() + Int64(patience * 1e9)
        while SystemClock.monotonicNanoseconds() < end {
            let open = players.indices.filter { isStarted[$0] && players[$0].outcome == nil }
            let fresh = players.indices.filter { !isStarted[$0] }
            var atGate: [Int] = []
            var blocked = 0
            if !open.isEmpty {
                let rows = try superuser.query(
                    """
                    select pg_backend_pid() = any (pg_blocking_pids(pid)), cardinality(pg_blocking_pids(pid)) > 0
                    from unnest($1::int[]) with ordinality as p (pid, place) order by place
                    """, [.integers(open.map { pids[$0] })])
                for (player, row) in zip(open, rows) {
                    if try row.bool(0) { atGate.append(player) } else if try row.bool(1) { blocked += 1 }
                }
            }
            // One that waits for another needs somebody to make a step, or Postgres to end a deadlock.
            guard atGate.count + blocked == open.count, open.isEmpty || blocked < open.count || !fresh.isEmpty else {
                continue
            }
            if let last = opened {
                _ = try superuser.query("select pg_advisory_lock(\(last.player), \(last.turn))")
                opened = nil
            }
            return (atGate + fresh).sorted()
        }
        throw Stuck(description: "the players wait for each other: \(players.map { $0.outcome ?? "not at its end" })")
    }
}
