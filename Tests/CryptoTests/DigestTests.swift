import Crypto
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4 example values for `abc` and the empty message.
    @Test(arguments: [
        (Digest.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            .sha512, "abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func agreesWithFIPS180(digest: Digest, message: String, hash: String) {
        #expect(Hex.encode(digest.hash(Array(message.utf8))) == hash)
        #expect(digest.hash(parts: message.utf8.map { [$0] }) == digest.hash(Array(message.utf8)))
        #expect(digest.byteCount * 2 == hash.utf8.count)
    }

    /// The check value of CRC-32/ISO-HDLC, and values of zlib.
    @Test func theChecksumIsThatOfZip() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xcbf4_3926)
        #expect(CRC32.checksum([]) == 0)
        #expect(CRC32.checksum(Array(0...255)) == 688_229_491)
    }

    /// Bit by bit, as the polynomial is written down: every length around the steps of eight bytes.
    @Test(arguments: 0..<40) func theChecksumOfAnyLengthIsTheDivisions(length: Int) {
        let bytes = Random.bytes(length)
        let division = bytes.reduce(UInt32.max) { remainder, byte in
            (0..<8).reduce(remainder ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1
            }
        }
        #expect(CRC32.checksum(bytes) == ~division)
    }

    @Test func randomBytesDiffer() {
        #expect(Random.bytes(0).isEmpty)
        #expect(Random.bytes(32).count == 32)
        #expect(Random.bytes(32) != Random.bytes(32))
    }
}
