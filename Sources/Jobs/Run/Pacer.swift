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
    /// How far ahead turns are given.
    private let horizon: Int64

    init(horizon: Int64) { self.horizon = horizon }

    /// Gives out the next free turn of a key.
    mutating func turn(_ pace: Pace, now: Int64) -> Turn {
        let free = max(next[pace.key] ?? now, now)
        guard free - now <= horizon else { return .later(free - now) }
        next[pace.key] = free + pace.interval
        return free == now ? .now : .at(free)
    }

    /// Nothing starts before this many milliseconds have passed: the destination asked for it (Retry-After).
    mutating func hold(_ key: String, for milliseconds: Int64, now: Int64) {
        next[key] = max(next[key] ?? now, now + milliseconds)
    }
}
