import Platform

/// What the line of commits reads of a delivery.
package protocol Committable: Sendable {
    /// Its event and its rows.
    var conflictKeys: [ConflictKey] { get }
    /// When its request was complete, in nanoseconds of the monotonic clock.
    var startedAt: Int64 { get }
    /// Whether an earlier try to record it failed: it may be the reason that others failed with it.
    var isSuspect: Bool { get }
}

/// The deliveries that wait for a commit, in order of arrival, and the batches under way. A value: the time is a parameter,
/// in nanoseconds of the monotonic clock.
///
/// A delivery is taken if none of its keys is in a batch under way, or of an earlier delivery that stays. So no two
/// batches under way have a key in common, and deliveries with an equal key are committed in their order of arrival.
///
/// A **suspect** is a batch of its own, in turn with the others: if it takes too long or ends its session, it costs no other.
package struct CommitLine<Delivery: Committable>: Sendable {
    /// One that waits.
    private struct Entry: Sendable {
        let delivery: Delivery
        /// Whether it is held back.
        var isHeld = false

        /// The batches that may take it.
        var kind: Kind { Kind(isHeld: isHeld, isAlone: delivery.isSuspect && !Mutation.isOn("suspects-share-batches")) }

        /// Whether no batch under way and no earlier delivery has one of its keys.
        /// - Parameter passed: the keys of those; its own are added.
        func isFree(_ passed: inout Set<ConflictKey>) -> Bool {
            let keys = delivery.conflictKeys
            let isFree = !keys.contains(where: passed.contains)
            passed.formUnion(keys)
            return isFree
        }
    }

    /// Which deliveries a batch has: those that are held back or the others, and of these one suspect or the others.
    private struct Kind: Hashable {
        let isHeld: Bool
        let isAlone: Bool
    }

    /// Deliveries to commit together.
    package struct Batch: Sendable {
        /// The number to end it with.
        package var number = 0
        /// In order of arrival; empty if there are none.
        package var deliveries: [Delivery] = []
        /// Whether they were held back.
        package var wereBusy = false
        /// Whether it is one delivery that failed before.
        package var isSuspect = false
        /// Deliveries that have to be held back, and for which there is no room: for the caller to answer.
        package var turnedAway: [Delivery] = []

        /// A batch of nothing.
        package init() {}

        init(wereBusy: Bool, turnedAway: [Delivery]) {
            self.wereBusy = wereBusy
            self.turnedAway = turnedAway
        }
    }

    private struct UnderWay: Sendable {
        /// Nil in place of deliveries that were answered at their deadline.
        var deliveries: [Delivery?]
        let wereBusy: Bool
        let keys: [ConflictKey]
    }

    /// Deliveries whose deadline is over.
    package struct Expired: Sendable {
        /// Those that waited for a batch.
        package var waiting: [Delivery] = []
        /// Those in a batch under way: if they are stored after all, the sender's retry is a duplicate.
        package var slow: [Delivery] = []
        /// Those that are held back, or were before their batch under way.
        package var busy: [Delivery] = []
    }

    /// What can be taken.
    package enum Next: Sendable { case held, waiting, turnedAway }

    /// The pause between two tries of what is held back: a transaction of another host lasts about as long.
    package static var heldPause: Int64 { 20_000_000 }
    /// A locked row with many deliveries must not take the places of all requests in flight.
    package static var mostHeld: Int { 128 }

    private let committers: Int
    private var entries: [Entry] = []
    private var heldCount = 0
    private var suspectCount = 0
    /// When the held ones are next tried.
    private var heldUntil: Int64 = 0
    private var underWay: [Int: UnderWay] = [:]
    /// The keys of the batches under way.
    private var taken: Set<ConflictKey> = []
    /// Whether the last batch of what is held back was of a suspect, and the last of the others.
    private var wasAlone = (held: false, waiting: false)
    private var turnedAway: [Delivery] = []
    private var lastNumber = 0
    /// How many deliveries were under way after the last batch was taken.
    private var concurrent = 1

    /// - Parameter committers: how many batches may be under way, at least one.
    package init(committers: Int) { self.committers = committers }

    /// How many deliveries wait that are not held back.
    package var waitingCount: Int { entries.count - heldCount }
    /// The size that the next batch is expected to have: the senders of the deliveries under way return at about the same
    /// time, to all committers.
    package var expectedCount: Int { (concurrent + committers - 1) / committers }

    /// Adds a delivery.
    package mutating func append(_ delivery: Delivery) {
        entries.append(Entry(delivery: delivery))
        if entries[entries.count - 1].kind.isAlone { suspectCount += 1 }
    }

    /// What a committer can take now; nil for nothing. What is held back and the others take turns, so neither starves.
    /// - Parameter isLast: whether what is held back is tried without a pause, for the last time.
    package mutating func next(at now: Int64, isLast: Bool) -> Next? {
        moveFollowers()
        if heldCount > 0, isLast || heldUntil <= now, hasFree(held: true) { return .held }
        if waitingCount > 0, hasFree(held: false) { return .waiting }
        return turnedAway.isEmpty ? nil : .turnedAway
    }

    /// When something that is held back can be tried; nil if nothing is, or if a batch under way has its keys.
    package var heldDue: Int64? { heldCount > 0 && hasFree(held: true) ? heldUntil : nil }

    /// Takes a batch, which is under way until ``end(_:busy:keepsBusy:at:)``.
    package mutating func take(_ next: Next, limit: Int, at now: Int64) -> Batch {
        defer { turnedAway = [] }
        var batch = Batch(wereBusy: next == .held, turnedAway: turnedAway)
        if next == .turnedAway { return batch }
        batch.isSuspect = isSuspectsTurn(held: batch.wereBusy)
        let kind = Kind(isHeld: batch.wereBusy, isAlone: batch.isSuspect)
        let limit = batch.isSuspect ? 1 : limit
        var passed = taken
        var left: [Entry] = []
        for entry in entries {
            if batch.deliveries.count < limit, entry.isFree(&passed), entry.kind == kind {
                batch.deliveries.append(entry.delivery)
            } else {
                left.append(entry)
            }
        }
        entries = left
        countSuspects()
        if batch.wereBusy {
            heldCount -= batch.deliveries.count
            heldUntil = now + Self.heldPause
        }
        begin(&batch)
        return batch
    }

    private mutating func begin(_ batch: inout Batch) {
        if batch.deliveries.isEmpty { return }
        lastNumber += 1
        batch.number = lastNumber
        let keys = batch.deliveries.flatMap(\.conflictKeys)
        if !Mutation.isOn("batches-share-rows") { taken.formUnion(keys) }
        underWay[batch.number] = UnderWay(deliveries: batch.deliveries, wereBusy: batch.wereBusy, keys: keys)
        if !batch.wereBusy, !batch.isSuspect { concurrent = underWay.values.reduce(0) { $0 + $1.deliveries.count } }
    }

    /// A batch has been committed, or not: from now on the caller answers its deliveries, and others may have its keys.
    /// - Parameters:
    ///   - busy: the places of those that another transaction kept from being recorded; they are held back.
    ///   - keepsBusy: whether they may be; otherwise they are turned away.
    /// - Returns: its deliveries in order; nil in place of those that ``expired(before:)`` has returned and of those that
    ///   are held back. And the busy ones for which there is no room.
    package mutating func end(
        _ number: Int, busy: [Int], keepsBusy: Bool, at now: Int64
    ) -> (deliveries: [Delivery?], turnedAway: [Delivery]) {
        guard var ended = underWay.removeValue(forKey: number) else { return ([], []) }
        if underWay.isEmpty { taken = [] } else { taken.subtract(ended.keys) }
        var back: [Entry] = []
        var turnedAway: [Delivery] = []
        for place in busy {
            guard let delivery = ended.deliveries[place] else { continue }
            ended.deliveries[place] = nil
            if keepsBusy, !Mutation.isOn("busy-is-turned-away"), heldCount + back.count < Self.mostHeld {
                back.append(Entry(delivery: delivery, isHeld: true))
            } else {
                turnedAway.append(delivery)
            }
        }
        if !back.isEmpty {
            if heldCount == 0 { heldUntil = now + Self.heldPause }
            heldCount += back.count
            suspectCount += back.count { $0.kind.isAlone }
            // They arrived before all that stayed because of their keys.
            entries.insert(contentsOf: back, at: Mutation.isOn("busy-loses-its-place") ? entries.count : 0)
        }
        return (ended.deliveries, turnedAway)
    }

    /// Returns the deliveries that started before `oldest`, which the line no longer has.
    package mutating func expired(before oldest: Int64) -> Expired {
        var expired = Expired()
        // In order: whoever replays a seed gets the same answers in the same order.
        for (number, batch) in underWay.sorted(by: { $0.key < $1.key }) {
            for (place, delivery) in batch.deliveries.enumerated() {
                guard let delivery, delivery.startedAt < oldest else { continue }
                if batch.wereBusy { expired.busy.append(delivery) } else { expired.slow.append(delivery) }
                underWay[number]?.deliveries[place] = nil
            }
        }
        if !entries.contains(where: { $0.delivery.startedAt < oldest }) { return expired }
        entries.removeAll { entry in
            guard entry.delivery.startedAt < oldest else { return false }
            if entry.isHeld {
                heldCount -= 1
                expired.busy.append(entry.delivery)
            } else {
                expired.waiting.append(entry.delivery)
            }
            return true
        }
        countSuspects()
        return expired
    }

    /// Removes all that wait or are held back.
    package mutating func removeAll() -> [Delivery] {
        defer { (entries, heldCount, suspectCount) = ([], 0, 0) }
        return entries.map(\.delivery)
    }

    private func hasFree(held: Bool) -> Bool {
        var passed = taken
        return entries.contains { $0.isFree(&passed) && $0.isHeld == held }
    }

    private func hasFree(_ kind: Kind) -> Bool {
        var passed = taken
        return entries.contains { $0.isFree(&passed) && $0.kind == kind }
    }

    /// Whether the next batch is of a suspect: after each that was, the others have a turn, if they can be taken.
    private mutating func isSuspectsTurn(held: Bool) -> Bool {
        guard suspectCount > 0 else { return false }
        let turn = held ? !wasAlone.held : !wasAlone.waiting
        let isAlone = hasFree(Kind(isHeld: held, isAlone: turn)) ? turn : !turn
        if held { wasAlone.held = isAlone } else { wasAlone.waiting = isAlone }
        return isAlone
    }

    /// After deliveries have left the line.
    private mutating func countSuspects() {
        if suspectCount > 0 { suspectCount = entries.count { $0.kind.isAlone } }
    }

    /// Holds back the waiting deliveries that have to stay behind held ones.
    private mutating func moveFollowers() {
        if heldCount == 0 || Mutation.isOn("followers-overtake") { return }
        var keys: Set<ConflictKey> = []
        var isTurnedAway: Set<Int> = []
        for place in entries.indices {
            let own = entries[place].delivery.conflictKeys
            if !entries[place].isHeld {
                guard own.contains(where: keys.contains) else { continue }
                if heldCount < Self.mostHeld {
                    entries[place].isHeld = true
                    heldCount += 1
                } else {
                    isTurnedAway.insert(place)
                }
            }
            keys.formUnion(own)
        }
        if isTurnedAway.isEmpty { return }
        turnedAway += isTurnedAway.sorted().map { entries[$0].delivery }
        entries = entries.enumerated().filter { !isTurnedAway.contains($0.offset) }.map(\.element)
        countSuspects()
    }
}
