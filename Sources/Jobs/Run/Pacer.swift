/// Spreads requests that share a limit over time. Pure: time comes in as a parameter, in milliseconds of any clock
/// that never goes back.
struct Pacer {
    enum Turn: Hashable {
        case now
        /// Keep the job and start it at that time.
        case at(Int64)
        /// Too many wait already: hand the job back for so long.
        case later(Int64)
    }

    private var next: [String: Int64] = [:]
    /// When the last one started.
    private var last: [String: Int64] = [:]
    /// How far ahead turns are given.
    private let horizon: Int64

    init(horizon: Int64) { self.horizon = horizon }

    /// How long nobody gets a turn of a key, as too many wait already; nil while there are turns.
    func isFull(_ pace: Pace, now: Int64) -> Int64? {
        let wait = (next[pace.key] ?? now) - now
        return wait > horizon ? wait : nil
    }

    /// Gives out the next free turn of a key, to be used or given back.
    mutating func turn(_ pace: Pace, now: Int64) -> Turn {
        let free = max(next[pace.key] ?? now, now)
        if let wait = isFull(pace, now: now) { return .later(wait) }
        next[pace.key] = free + pace.interval
        return free == now ? .now : .at(free)
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
