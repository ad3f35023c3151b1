/// Spreads requests that share a limit over time. Pure: time comes in as a parameter, in milliseconds of any clock
/// that never goes back.
///
/// Turns are given out up to a horizon. Who asks beyond it comes back when the turns of those before have passed. Jobs of
/// replays have a line of their own, behind the live ones: while live ones are in line, one turn in 20 is theirs.
struct Pacer {
    enum Turn: Hashable {
        case now
        /// Keep the job and start it at that time.
        case at(Int64)
        /// Too many wait already: hand the job back for so long.
        case later(Int64)
    }

    /// One line of those that were handed back.
    private struct Line: Hashable {
        let key: String
        let isOfReplays: Bool
    }

    private var next: [String: Int64] = [:]
    /// When the last one started.
    private var last: [String: Int64] = [:]
    /// When all that were handed back will have had their turn.
    private var ends: [Line: Int64] = [:]
    /// How many turns live ones got since the last one of a replay.
    private var liveTurns: [String: Int] = [:]
    /// How far ahead turns are given.
    private let horizon: Int64
    /// The longest time that a job is handed back for: turns may become free.
    private let longest: Int64

    init(horizon: Int64, longest: Int64 = 300_000) {
        (self.horizon, self.longest) = (horizon, longest)
    }

    /// Gives out the next free turn of a key, to be used or given back.
    mutating func turn(_ pace: Pace, isOfReplay: Bool = false, now: Int64) -> Turn {
        let free = max(next[pace.key] ?? now, now)
        let mayPass =
            !isOfReplay || liveTurns[pace.key, default: 0] + 1 >= ReplayTurns.share
            || (ends[Line(key: pace.key, isOfReplays: false)] ?? now) <= now
        guard mayPass, free - now <= horizon else { return .later(delay(pace, isOfReplay, behind: free, now: now)) }
        next[pace.key] = free + pace.interval
        liveTurns[pace.key] = isOfReplay ? 0 : liveTurns[pace.key, default: 0] + 1
        return free == now ? .now : .at(free)
    }

    /// How long until the turn of the one that is last in line now.
    private mutating func delay(_ pace: Pace, _ isOfReplay: Bool, behind free: Int64, now: Int64) -> Int64 {
        let line = Line(key: pace.key, isOfReplays: isOfReplay)
        let place = min(max(ends[line] ?? free, free), now + longest)
        ends[line] = place + pace.interval
        return place - now
    }

    /// Until when nobody may start, because turns were used late; nil when one may.
    func pause(_ pace: Pace, now: Int64) -> Int64? {
        guard let last = last[pace.key], last + pace.interval > now else { return nil }
        return last + pace.interval
    }

    /// One starts.
    mutating func start(_ pace: Pace, now: Int64) { last[pace.key] = now }

    /// Nothing started at that turn. It goes to the next one that asks, unless later turns are given out already.
    mutating func giveBack(_ turn: Int64, of pace: Pace) {
        if next[pace.key] == turn + pace.interval { next[pace.key] = turn }
    }
}
