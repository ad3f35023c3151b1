import Testing
import Webhooks

@testable import Responder

/// Refusals are counted by peer and minute.
@Suite struct PeerGuardTests {
    private func time(_ second: Int64) -> Timestamp { Timestamp(microseconds: second * 1_000_000) }

    @Test func aPeerIsRefusedTooOftenBeyondTheLimitOnly() {
        let peers = PeerGuard(limit: 3)
        let counted = (0..<5).map { _ in peers.countRefusal(of: "192.0.2.1", at: time(60)) }
        #expect(counted == [false, false, false, true, true])
        #expect(!peers.countRefusal(of: "192.0.2.2", at: time(60)))
    }

    @Test func theNextMinuteStartsFromZero() {
        let peers = PeerGuard(limit: 1)
        #expect(!peers.countRefusal(of: "192.0.2.1", at: time(119)))
        #expect(peers.countRefusal(of: "192.0.2.1", at: time(119)))
        #expect(!peers.countRefusal(of: "192.0.2.1", at: time(120)))
    }

    /// A forger with many addresses costs bounded memory; a peer that is counted already keeps its own count.
    @Test func peersBeyondTheFirstThousandsShareOneCount() {
        let peers = PeerGuard(limit: 1)
        for number in 0..<5_000 { _ = peers.countRefusal(of: "peer-\(number)", at: time(60)) }
        #expect(peers.countRefusal(of: "one-more", at: time(60)))
        #expect(peers.countRefusal(of: "peer-0", at: time(60)))
    }
}
