import Ledger
import Platform
import Testing
import Webhooks

@testable import Responder

/// The rules of the line, with simulated committers.
@Suite struct CommitLineTests {
    private struct Item: Committable, Hashable {
        let number: Int
        let keyNumbers: [Int]
        var startedAt: Int64 = 0
        var isSuspect = false

        var conflictKeys: [ConflictKey] {
            [.event(source: "s", key: Array("\(number)".utf8))]
                + keyNumbers.map { .record(.order, source: "s", id: "\($0)") }
        }
    }

    private static let pause = CommitLine<Item>.heldPause

    private func line(_ items: [Item], committers: Int = 2) -> CommitLine<Item> {
        var line = CommitLine<Item>(committers: committers)
        for item in items { line.append(item) }
        return line
    }

    private func numbers(_ batch: CommitLine<Item>.Batch) -> [Int] { batch.deliveries.map(\.number) }

    @Test func aBatchTakesNothingThatABatchUnderWayHas() {
        var line = line([Item(number: 0, keyNumbers: [1]), Item(number: 1, keyNumbers: [2])])
        let first = line.take(.waiting, limit: 9, at: 0)
        #expect(numbers(first) == [0, 1])
        for item in [
            Item(number: 2, keyNumbers: [1, 3]), Item(number: 3, keyNumbers: [3]), Item(number: 4, keyNumbers: [4]),
        ] {
            line.append(item)
        }
        // 3 has to stay behind 2.
        #expect(line.next(at: 0, isLast: false) == .waiting)
        let second = line.take(.waiting, limit: 9, at: 0)
        #expect(numbers(second) == [4])
        #expect(line.next(at: 0, isLast: false) == nil)
        let ended = line.end(first.number, busy: [], keepsBusy: true, at: 0)
        #expect(ended.deliveries.map { $0?.number } == [0, 1])
        #expect(line.next(at: 0, isLast: false) == .waiting)
        #expect(numbers(line.take(.waiting, limit: 9, at: 0)) == [2])
    }

    @Test func whatIsBusyIsHeldBackWithItsFollowersOnly() {
        var line = line([Item(number: 0, keyNumbers: [1]), Item(number: 1, keyNumbers: [2])])
        let batch = line.take(.waiting, limit: 9, at: 0)
        line.append(Item(number: 2, keyNumbers: [1]))
        line.append(Item(number: 3, keyNumbers: [3]))
        #expect(line.end(batch.number, busy: [0], keepsBusy: true, at: 0).deliveries.map { $0?.number } == [nil, 1])
        #expect(line.next(at: 0, isLast: false) == .waiting)
        let free = line.take(.waiting, limit: 9, at: 0)
        #expect(numbers(free) == [3])
        #expect(line.next(at: 0, isLast: false) == nil)
        #expect(line.heldDue == Self.pause)
        #expect(line.next(at: Self.pause, isLast: false) == .held)
        #expect(numbers(line.take(.held, limit: 9, at: Self.pause)) == [0])
        // Its follower waits for it, and not for the pause.
        #expect(line.heldDue == nil)
    }

    @Test func thereIsRoomForSomeBusyDeliveries() {
        let most = CommitLine<Item>.mostHeld
        var line = line((0..<most + 2).map { Item(number: $0, keyNumbers: [$0]) })
        let batch = line.take(.waiting, limit: 1000, at: 0)
        let ended = line.end(batch.number, busy: Array(0..<most + 2), keepsBusy: true, at: 0)
        #expect(ended.turnedAway.map(\.number) == [most, most + 1])
        line.append(Item(number: 500, keyNumbers: [0]))
        #expect(line.next(at: 0, isLast: false) == .turnedAway)
        #expect(line.take(.turnedAway, limit: 9, at: 0).turnedAway.map(\.number) == [500])
    }

    @Test func committersShareTheSendersThatReturn() {
        func expected(_ committers: Int) -> Int {
            var line = line((0..<64).map { Item(number: $0, keyNumbers: [$0]) }, committers: committers)
            _ = line.take(.waiting, limit: 256, at: 0)
            return line.expectedCount
        }
        #expect([1, 2, 4].map(expected) == [64, 32, 16])
    }

    @Test func theDeadlineTakesADeliveryFromAnyPlace() {
        var line = line([Item(number: 0, keyNumbers: [1]), Item(number: 1, keyNumbers: [2], startedAt: 9)])
        let batch = line.take(.waiting, limit: 9, at: 0)
        line.append(Item(number: 2, keyNumbers: [3]))
        line.append(Item(number: 3, keyNumbers: [4], startedAt: 9))
        let expired = line.expired(before: 5)
        #expect(expired.slow.map(\.number) == [0])
        #expect(expired.waiting.map(\.number) == [2])
        let ended = line.end(batch.number, busy: [0, 1], keepsBusy: true, at: 0)
        #expect(ended.deliveries.map { $0?.number } == [nil, nil])
        #expect(line.expired(before: 10).busy.map(\.number) == [1])
        #expect(line.waitingCount == 0)
    }

    /// A suspect is a batch of its own, and whatever else waits has every second turn.
    @Test func aSuspectIsABatchOfItsOwnInTurnWithTheOthers() {
        var line = line((0..<8).map { Item(number: $0, keyNumbers: [$0], isSuspect: $0 % 2 == 0) }, committers: 9)
        func next() -> [Int] {
            line.next(at: 0, isLast: false) == .waiting ? numbers(line.take(.waiting, limit: 2, at: 0)) : []
        }
        #expect((0..<7).map { _ in next() } == [[0], [1, 3], [2], [5, 7], [4], [6], []])
    }

    /// Its order's later deliveries wait for it.
    @Test func nothingOvertakesASuspect() {
        var line = line([Item(number: 0, keyNumbers: [1], isSuspect: true), Item(number: 1, keyNumbers: [1])])
        let first = line.take(.waiting, limit: 9, at: 0)
        #expect(numbers(first) == [0] && first.isSuspect)
        #expect(line.next(at: 0, isLast: false) == nil)
        _ = line.end(first.number, busy: [0], keepsBusy: true, at: 0)
        #expect(line.next(at: 0, isLast: false) == nil)
        #expect(line.next(at: Self.pause, isLast: false) == .held)
        let second = line.take(.held, limit: 9, at: Self.pause)
        #expect(numbers(second) == [0] && second.isSuspect && second.wereBusy)
        _ = line.end(second.number, busy: [], keepsBusy: true, at: Self.pause)
        let third = line.take(line.next(at: Self.pause, isLast: true) ?? .turnedAway, limit: 9, at: Self.pause)
        #expect(numbers(third) == [1] && !third.isSuspect)
    }

    /// Deliveries with few keys, batches that end in any order, some of them busy: no two batches under way have a key in
    /// common, each key's deliveries are committed in their order of arrival, and each delivery ends once.
    @Test(arguments: [1, 2, 4, 7], [1, 2, 3])
    func randomCommits(_ committers: Int, _ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var line = CommitLine<Item>(committers: committers)
        let total = 3000
        var (arrived, now) = (0, Int64(0))
        var underWay: [CommitLine<Item>.Batch] = []
        var ended: [Item] = []
        for _ in 0..<total * 40 where ended.count < total {
            now += Int64.random(in: 0...Self.pause / 4, using: &random)
            // No more at a time than may be held back.
            let most = min(total, ended.count + CommitLine<Item>.mostHeld)
            for _ in 0..<Int.random(in: 0...8, using: &random) where arrived < most {
                let keys = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                    Int.random(in: 0..<40, using: &random)
                }
                let isSuspect = Int.random(in: 0..<8, using: &random) == 0
                line.append(Item(number: arrived, keyNumbers: keys, startedAt: now, isSuspect: isSuspect))
                arrived += 1
            }
            if underWay.count < committers, let next = line.next(at: now, isLast: false) {
                let batch = line.take(next, limit: 16, at: now)
                try #require(!batch.deliveries.isEmpty && batch.turnedAway.isEmpty)
                #expect(batch.deliveries.count == 1 || !batch.deliveries.contains(where: \.isSuspect))
                underWay.append(batch)
                let keys = underWay.flatMap { Set($0.deliveries.flatMap(\.keyNumbers)) }
                try #require(keys.count == Set(keys).count)
                for batch in underWay { #expect(batch.deliveries.count <= 16) }
            } else if let place = underWay.indices.randomElement(using: &random) {
                let batch = underWay.remove(at: place)
                let busy = batch.deliveries.indices.filter { _ in Int.random(in: 0..<10, using: &random) == 0 }
                let (done, turnedAway) = line.end(batch.number, busy: busy, keepsBusy: true, at: now)
                #expect(turnedAway.isEmpty)
                ended += done.compactMap { $0 }
            }
        }
        #expect(ended.count == total && Set(ended.map(\.number)).count == total)
        for key in 0..<40 {
            let numbers = ended.filter { $0.keyNumbers.contains(key) }.map(\.number)
            #expect(numbers == numbers.sorted(), "key \(key)")
        }
    }
}
