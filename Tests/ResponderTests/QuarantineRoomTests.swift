import Testing

@testable import Responder

/// What one second of refusals may cost: strangers little, peers with verified deliveries more.
@Suite struct QuarantineRoomTests {
    private let stranger = QuarantineRoom.Peer(source: "shop", peer: "192.0.2.1")
    private let known = QuarantineRoom.Peer(source: "shop", peer: "192.0.2.2")

    private func taken(_ room: inout QuarantineRoom, _ peer: QuarantineRoom.Peer, _ count: Int, bytes: Int = 100) -> Int
    {
        var taken = 0
        for _ in 0..<count where room.take(peer, bytes: bytes, at: 0) { taken += 1 }
        return taken
    }

    @Test func aFloodOfStrangersLeavesRoomForKnownPeers() {
        var room = QuarantineRoom()
        room.saw(known)
        #expect(taken(&room, stranger, 10_000) == QuarantineRoom.Share.strangers.rows)
        #expect(taken(&room, known, 10_000) == QuarantineRoom.Share.known.rows)
        let new = room.begin()
        #expect(new == [known])
        #expect(taken(&room, stranger, 10_000, bytes: 1 << 19) == 2)
        #expect(taken(&room, QuarantineRoom.Peer(source: "other", peer: "192.0.2.1"), 10, bytes: 1 << 19) == 2)
    }

    @Test func aFullDatabaseIsNotAskedForAWhile() {
        var room = QuarantineRoom()
        room.knows([known])
        let new = room.begin()
        #expect(new.isEmpty)
        room.isFull(["shop"], at: 0)
        let isEarly = room.take(stranger, bytes: 1, at: QuarantineRoom.pause - 1)
        #expect(!isEarly)
        let (isKnown, isLater) = (
            room.take(known, bytes: 1, at: 0), room.take(stranger, bytes: 1, at: QuarantineRoom.pause)
        )
        #expect(isKnown && isLater)
    }

    @Test func whatWaitsIsBounded() {
        var room = QuarantineRoom()
        var bytes = 0
        for source in 0..<100
        where room.take(QuarantineRoom.Peer(source: "\(source)", peer: "p"), bytes: 1 << 20, at: 0) {
            bytes += 1 << 20
        }
        #expect(bytes == 32 << 20)
    }
}
