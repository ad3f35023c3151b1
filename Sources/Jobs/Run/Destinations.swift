import Outbound
import Platform

/// Where calls go, and what is known of those places.
struct Destinations {
    private var breakers: Breakers
    /// Where the jobs of an action went last.
    private var ofActions: [String: Place] = [:]
    /// The changes that other runs do not know yet.
    private var changes: [DestinationChange] = []

    /// Where a call goes, and whose it is there (``Account``).
    struct Place: Sendable, Hashable {
        let destination: String
        let account: String

        var keys: [String] { [destination, account] }
    }

    init(threshold: Int, firstWait: Int64) { breakers = Breakers(threshold: threshold, firstWait: firstWait) }

    func isOpen(_ destination: String?) -> Bool { destination.map(breakers.isOpen) ?? false }
    func last(of action: String) -> Place? { ofActions[action] }
    mutating func yieldProbe(_ destination: String, now: Int64) { breakers.yieldProbe(destination, now: now) }
    mutating func adopt(_ open: [String: (left: Int64, openings: Int)], now: Int64) { breakers.adopt(open, now: now) }

    /// Whether a job's first call may go out.
    enum Admission {
        case go
        /// If this run gets the probe of that destination or account; others wait for its end.
        case probe(String)
        /// Not before that time, or when a place is free.
        case wait(until: Int64)
        /// Others may be tried meanwhile; `isForPlace`: for want of a place.
        case handBack(after: Int64, isForPlace: Bool)
    }

    /// - Parameters:
    ///   - crowd: how many jobs are under way there, how many of them for the account, and how many wait.
    ///   - perHost: how many may be under way.
    ///   - mayWait: how many may wait.
    mutating func admit(
        _ action: String, to place: Place?, _ crowd: JobTable.Numbers, perHost: Int, mayWait: Int, now: Int64,
        chance: inout SplitMix64
    ) -> Admission {
        guard let place else { return .go }
        ofActions[action] = place
        if let until = wait(at: place, now: now) {
            return .handBack(after: until - now + Int64.random(in: 0...2000, using: &chance), isForPlace: false)
        }
        if let key = place.keys.first(where: { breakers.verdict($0, now: now) == .probe }) {
            breakers.beginProbe(key)
            return .probe(key)
        }
        if crowd.underWay < perHost, crowd.ofAccount < breakers.room(place.account, of: perHost) { return .go }
        // What waits here takes the room of others.
        return crowd.waiting > mayWait
            ? .handBack(after: Int64.random(in: 500...1500, using: &chance), isForPlace: true)
            : .wait(until: now + Work.placeWait)
    }

    /// Until when nothing goes there; nil if something may.
    private func wait(at place: Place, now: Int64) -> Int64? {
        place.keys.compactMap { key in
            if case .wait(let until) = breakers.verdict(key, now: now) { until } else { nil }
        }.max()
    }

    /// The actions whose destination is open, or for which `isFull` says so.
    func crowded(now: Int64, isFull: (String) -> Bool) -> [String] {
        ofActions.filter { _, place in wait(at: place, now: now) != nil || isFull(place.destination) }.map(\.key)
            .sorted()
    }

    /// The next change for other runs.
    var nextChange: DestinationChange? {
        guard var change = changes.first else { return nil }
        change.actions = ofActions.filter { $0.value.keys.contains(change.destination) }.map(\.key).sorted()
        return change
    }

    mutating func changeTold() { changes.removeFirst() }

    /// A destination's wish that an account waits.
    struct Wish: Sendable {
        /// In milliseconds; nil for an unknown time.
        var wait: Int64?
        var reason: String
    }

    /// The end of a call says whether its destination is there, and whether the account is to wait.
    mutating func note(_ reply: Reply, _ wish: Wish?, from place: Place?, now: Int64) -> [RunNote] {
        guard let place else { return [] }
        let (sign, ofAccount) = Self.signs(reply, wish)
        return [note(place.destination, sign, now: now), note(place.account, ofAccount, now: now)].compactMap(\.self)
    }

    private mutating func note(_ key: String, _ sign: Breakers.Sign, now: Int64) -> RunNote? {
        switch breakers.note(key, sign, now: now) {
        case nil: return nil
        case .closed:
            changes.append(DestinationChange(destination: key, opened: nil))
            return .destinationBack(key)
        case .opened(let wait, let reason, let afterProbe):
            changes.append(DestinationChange(destination: key, opened: (wait, reason, afterProbe)))
            return Account.isKey(key)
                ? .destinationBusy(key, wait: wait, reason: reason)
                : .destinationAway(key, wait: wait, reason: reason)
        }
    }

    private static func signs(_ reply: Reply, _ wish: Wish?) -> (destination: Breakers.Sign, account: Breakers.Sign) {
        let sign = sign(reply)
        // Whoever says how long to wait is not away.
        if let wish { return (sign == .up ? .up : .none, .busy(wish: wish.wait, reason: wish.reason)) }
        return (sign, sign == .up ? .up : .none)
    }

    private static func sign(_ reply: Reply) -> Breakers.Sign {
        switch reply {
        case .success(let answer):
            return [502, 503, 504].contains(answer.status) ? .down(reason: "answered \(answer.status)") : .up
        case .failure(let failure):
            switch failure.kind {
            case .nameLookup, .unreachable, .tls, .timeout, .reset, .garbage: return .down(reason: failure.description)
            case .tooLarge: return .up
            case .invalidRequest, .guarded, .login, .busy, .cancelled, .other: return .none
            }
        }
    }
}
