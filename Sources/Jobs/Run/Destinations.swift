import Outbound
import Platform

/// Where calls go, and what is known of those places.
struct Destinations {
    private var breakers: Breakers
    /// Where the jobs of an action went last.
    private var ofActions: [String: String] = [:]
    /// The changes that other runs do not know yet.
    private var changes: [DestinationChange] = []

    init(threshold: Int, firstWait: Int64) { breakers = Breakers(threshold: threshold, firstWait: firstWait) }

    func isOpen(_ destination: String?) -> Bool { destination.map(breakers.isOpen) ?? false }
    func last(of action: String) -> String? { ofActions[action] }
    mutating func yieldProbe(_ destination: String, now: Int64) { breakers.yieldProbe(destination, now: now) }
    mutating func adopt(_ open: [String: (left: Int64, openings: Int)], now: Int64) { breakers.adopt(open, now: now) }

    /// Whether a job's first call may go out.
    enum Admission {
        case go
        /// If this run gets the probe; others wait for its end.
        case probe(String)
        /// Not before that time, or when a place is free.
        case wait(until: Int64)
        /// Others may be tried meanwhile; `isForPlace`: for want of a place.
        case handBack(after: Int64, isForPlace: Bool)
    }

    /// - Parameters:
    ///   - crowd: how many jobs are under way there, and how many wait.
    ///   - perHost: how many may be under way.
    ///   - mayWait: how many may wait.
    mutating func admit(
        _ action: String, to destination: String?, _ crowd: (underWay: Int, waiting: Int), perHost: Int, mayWait: Int,
        now: Int64, chance: inout SplitMix64
    ) -> Admission {
        guard let destination else { return .go }
        ofActions[action] = destination
        switch breakers.verdict(destination, now: now) {
        case .wait(let until):
            return .handBack(after: until - now + Int64.random(in: 0...2000, using: &chance), isForPlace: false)
        case .probe:
            breakers.beginProbe(destination)
            return .probe(destination)
        case .go:
            if crowd.underWay < perHost { return .go }
            // What waits here takes the room of others.
            return crowd.waiting > mayWait
                ? .handBack(after: Int64.random(in: 500...1500, using: &chance), isForPlace: true)
                : .wait(until: now + Work.placeWait)
        }
    }

    /// The actions whose destination is open, or for which `isFull` says so.
    func crowded(now: Int64, isFull: (String) -> Bool) -> [String] {
        ofActions.filter { _, destination in
            if case .wait = breakers.verdict(destination, now: now) { return true }
            return isFull(destination)
        }.map(\.key).sorted()
    }

    /// The next change for other runs.
    var nextChange: DestinationChange? {
        guard var change = changes.first else { return nil }
        change.actions = ofActions.filter { $0.value == change.destination }.map(\.key).sorted()
        return change
    }

    mutating func changeTold() { changes.removeFirst() }

    /// The end of a call says whether its destination is there.
    mutating func note(_ reply: Reply, from destination: String?, now: Int64) -> RunNote? {
        guard let destination else { return nil }
        switch breakers.note(destination, Self.sign(reply), now: now) {
        case nil: return nil
        case .closed:
            changes.append(DestinationChange(destination: destination, opened: nil))
            return .destinationBack(destination)
        case .opened(let wait, let reason):
            changes.append(DestinationChange(destination: destination, opened: (wait, reason)))
            return .destinationAway(destination, wait: wait, reason: reason)
        }
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
