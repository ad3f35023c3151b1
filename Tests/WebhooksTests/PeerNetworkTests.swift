import Testing

@testable import Webhooks

/// One customer is one peer, however many addresses it was given.
@Suite struct PeerNetworkTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:0DB8:0001:2::1", "2001:db8:1:2"),
        ("2001:db8::1", "2001:db8:0:0"), ("::1", "0:0:0:0"), ("1::2:3:4:5:6:7", "1:0:2:3"), ("::", "0:0:0:0"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("unix:", "unix"), ("", ""),
    ]) func network(address: String, network: String) {
        #expect(PeerNetwork.of(address) == network)
    }

    @Test func addressesOfOneNetworkAreOnePeer() {
        let names = (0..<2_000).map { PeerNetwork.of("2001:db8:7:8::\(String($0, radix: 16))") }
        #expect(Set(names) == ["2001:db8:7:8"])
        #expect(PeerNetwork.of("2001:db8:7:9::1") != names[0])
    }
}
