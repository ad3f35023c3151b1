import Crypto
import Platform
import Testing

/// RFC 4231, test cases 1 to 4, 6 and 7.
private let rfc4231: [(key: [UInt8], message: [UInt8], sha256: String, sha512: String)] = [
    (
        [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
    ),
    (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
    (
        [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"
    ),
    (
        Array(1...25), [UInt8](repeating: 0xcd, count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"
    ),
    (
        [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
    ),
    (
        [UInt8](repeating: 0xaa, count: 131),
        Array(
            ("This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"
    ),
]

@Suite struct HMACTests {
    @Test(arguments: rfc4231.indices) func agreesWithRFC4231(index: Int) {
        let vector = rfc4231[index]
        let key = SecretBytes(vector.key)
        #expect(Hex.encode(HMAC.authenticationCode(.sha256, key: key, vector.message)) == vector.sha256)
        #expect(Hex.encode(HMAC.authenticationCode(.sha512, key: key, vector.message)) == vector.sha512)
    }

    @Test func agreesWithRFC2202() {
        let key = SecretBytes([UInt8](repeating: 0x0b, count: 20))
        #expect(
            Hex.encode(HMAC.authenticationCode(.sha1, key: key, Array("Hi There".utf8)))
                == "b617318655057264e28bc0b6fb378c8ef146be00")
        #expect(
            Hex.encode(
                HMAC.authenticationCode(
                    .sha1, key: SecretBytes([UInt8](repeating: 0xaa, count: 80)),
                    Array("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data".utf8)))
                == "e8e99d0f45237d786d6bbaa7965c7808bbff1a91")
    }

    @Test func anEmptyKeyAndMessageHaveACode() {
        #expect(
            Hex.encode(HMAC.authenticationCode(.sha256, key: SecretBytes([]), parts: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func everyWayToCutTheMessageGivesTheSameCode() {
        let message = Array("timestamp.body of the delivery".utf8)
        let key = SecretBytes(utf8: "app secret")
        let whole = HMAC.authenticationCode(.sha256, key: key, message)
        for cut in 0...message.count {
            let parts = [Array(message[..<cut]), [], Array(message[cut...])]
            #expect(HMAC.authenticationCode(.sha256, key: key, parts: parts) == whole)
            #expect(HMAC.isValid(whole, .sha256, key: key, parts: parts))
        }
    }

    @Test func oneChangedBitIsInvalid() {
        let key = SecretBytes(utf8: "app secret")
        let message = Array("body".utf8)
        let code = HMAC.authenticationCode(.sha256, key: key, message)
        for index in code.indices {
            var changed = code
            changed[index] ^= 1
            #expect(!HMAC.isValid(changed, .sha256, key: key, parts: [message]))
        }
        #expect(!HMAC.isValid([], .sha256, key: key, parts: [message]))
        #expect(!HMAC.isValid(code + [0], .sha256, key: key, parts: [message]))
        #expect(!HMAC.isValid(code, .sha256, key: SecretBytes(utf8: "app secreT"), parts: [message]))
    }

    /// The names that libcrypto gets must live as long as it reads them; one key in some millions failed once.
    @Test func newKeysOnSeveralThreadsGiveTheSameCodes() throws {
        let vector = rfc4231[0]
        let wrong = Locked(0)
        let threads = try (0..<4).map { number in
            try Thread(name: "key \(number)") {
                for _ in 0..<10_000 {
                    let code = HMAC.authenticationCode(.sha256, key: SecretBytes(vector.key), vector.message)
                    if Hex.encode(code) != vector.sha256 { wrong.withLock { $0 += 1 } }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(wrong.withLock { $0 } == 0)
    }
}
