/// Keeps requests from destinations that do not answer. Pure: time comes in as a parameter, in milliseconds of any clock
/// that never goes back.
///
/// closed → (a number of outages in a row) → open → (its time is over) → one probe → closed again, or open for longer.
///
/// An account at a destination (``Account``) has a breaker of its own: it opens for as long as the destination asks for, and
/// after that a few requests go at a time, one more with each round that is answered.
struct Breakers {
    enum Verdict: Hashable {
        case go
        /// One request may try whether it is back.
        case probe
        /// Nothing before that time.
        case wait(until: Int64)
    }

    /// What the end of a request says about its destination.
    enum Sign: Hashable {
        case up
        case down(reason: String)
        /// It asks to wait for this many milliseconds; nil for an unknown time.
        case busy(wish: Int64?, reason: String)
        /// Nothing, such as a request that was never sent.
        case none
    }

    enum Change: Hashable {
        /// `afterProbe`: this run had the probe, so that its word replaces the probe's lease.
        case opened(wait: Int64, reason: String, afterProbe: Bool = false)
        case closed
    }

    private struct State: Equatable {
        var failures = 0
        var openUntil: Int64?
        var openings = 0
        var isProbing = false
        /// How many requests may be under way; nil for no limit.
        var allowance: Double?

        /// One round of answers allows one more.
        mutating func grow() {
            guard let now = allowance else { return }
            allowance = now < Self.mostAllowed ? now + 1 / now : nil
        }

        private static let mostAllowed: Double = 64
    }

    private var states: [String: State] = [:]
    private let threshold: Int
    private let firstWait: Int64
    static let longestWait: Int64 = 900_000

    /// - Parameters:
    ///   - threshold: how many outages in a row open it.
    ///   - firstWait: how long it stays open for the first time; doubled with each further one, up to 15 minutes.
    init(threshold: Int, firstWait: Int64) {
        self.threshold = threshold
        self.firstWait = firstWait
    }

    /// Whether a request may go there now; asking changes nothing.
    func verdict(_ destination: String, now: Int64) -> Verdict {
        guard let state = states[destination], let until = state.openUntil else { return .go }
        if now < until { return .wait(until: until) }
        return state.isProbing ? .wait(until: now + firstWait) : .probe
    }

    /// Whether it is known not to answer.
    func isOpen(_ destination: String) -> Bool { states[destination]?.openUntil != nil }

    /// How many requests may be under way, up to a number.
    func room(_ destination: String, of most: Int) -> Int {
        min(most, states[destination]?.allowance.map { Int($0) } ?? most)
    }

    /// The probe goes out.
    mutating func beginProbe(_ destination: String) { states[destination]?.isProbing = true }

    /// Another run probes: nothing goes there until it has said how that ended, or for so long.
    mutating func yieldProbe(_ destination: String, now: Int64) { states[destination]?.openUntil = now + firstWait }

    /// A request ended.
    /// - Returns: what people and other runs must know.
    mutating func note(_ destination: String, _ sign: Sign, now: Int64) -> Change? {
        var state = states[destination] ?? State()
        defer { states[destination] = state == State() ? nil : state }
        switch sign {
        case .none:
            state.isProbing = false
            return nil
        case .up:
            let wasOpen = state.openUntil != nil
            // A request that was under way when the wait began says nothing about the time after it.
            if wasOpen, state.allowance != nil, !state.isProbing { return nil }
            state = State(allowance: state.allowance)
            state.grow()
            return wasOpen ? .closed : nil
        case .busy(let wish, let reason):
            let wait = min(wish ?? firstWait << Int64(min(state.openings, 20)), Self.longestWait)
            state.allowance = 1
            // Of those that were under way only a longer wait is news.
            if let until = state.openUntil, !state.isProbing, now + wait <= until + 1000 { return nil }
            let wasProbe = state.isProbing
            state.openings += 1
            state.openUntil = now + wait
            state.isProbing = false
            return .opened(wait: wait, reason: reason, afterProbe: wasProbe)
        case .down(let reason):
            state.failures += 1
            // Those that were under way when it opened say nothing new.
            guard state.openUntil == nil ? state.failures >= threshold : state.isProbing else { return nil }
            let wait = min(firstWait << Int64(min(state.openings, 20)), Self.longestWait)
            let wasProbe = state.isProbing
            state.openings += 1
            state.openUntil = now + wait
            state.isProbing = false
            return .opened(wait: wait, reason: reason, afterProbe: wasProbe)
        }
    }

    /// Takes over what other runs know: the destinations that are open, each with the milliseconds left. What is not
    /// among them has been closed.
    mutating func adopt(_ open: [String: (left: Int64, openings: Int)], now: Int64) {
        for (destination, state) in states where state.openUntil != nil && open[destination] == nil {
            states[destination] = state.allowance.map { State(allowance: $0) }
        }
        for (destination, known) in open where states[destination]?.isProbing != true {
            states[destination, default: State()].openUntil = now + known.left
            states[destination]?.openings = known.openings
            if Account.isKey(destination) { states[destination]?.allowance = 1 }
        }
    }
}
