import Testing

@testable import Crypto

/// Test cases 13 to 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega, submitted to NIST), and what a vault needs.
@Suite struct AES256GCMTests {
    struct Vector: Sendable {
        let key, nonce, plain, associated, cipher, tag: String
    }

    static let zeros = String(repeating: "00", count: 32)
    static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    static let plain =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    static let cipher =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    static let vectors = [
        Vector(
            key: zeros, nonce: "000000000000000000000000", plain: "", associated: "", cipher: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            key: zeros, nonce: "000000000000000000000000", plain: "00000000000000000000000000000000", associated: "",
            cipher: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            key: key, nonce: "cafebabefacedbaddecaf888", plain: plain + "1aafd255", associated: "",
            cipher: cipher + "898015ad", tag: "b094dac5d93471bdec1a502270e3cc6c"),
        Vector(
            key: key, nonce: "cafebabefacedbaddecaf888", plain: plain,
            associated: "feedfacedeadbeeffeedfacedeadbeefabaddad2", cipher: cipher,
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Hex.decode(text)) }

    @Test(arguments: vectors) func published(_ vector: Vector) throws {
        let key = SecretBytes(try bytes(vector.key))
        let associated = try bytes(vector.associated)
        let box = AES256GCM.seal(
            SecretBytes(try bytes(vector.plain)), key: key, nonce: try bytes(vector.nonce), associated: associated)
        #expect(Hex.encode(box) == vector.nonce + vector.cipher + vector.tag)
        #expect(try AES256GCM.open(box, key: key, associated: associated)?.equals(bytes(vector.plain)) == true)
    }

    @Test func nothingButTheSameBytesOpens() throws {
        let (key, secret) = (SecretBytes(try bytes(Self.key)), SecretBytes(utf8: "a token"))
        let box = AES256GCM.seal(secret, key: key, associated: [1, 2])
        #expect(AES256GCM.open(box, key: key, associated: [1, 2])?.equals(secret) == true)
        #expect(AES256GCM.open(box, key: key, associated: [1]) == nil)
        #expect(AES256GCM.open(box, key: SecretBytes(try bytes(Self.zeros)), associated: [1, 2]) == nil)
        for place in box.indices {
            var changed = box
            changed[place] ^= 1
            #expect(AES256GCM.open(changed, key: key, associated: [1, 2]) == nil)
        }
        for length in 0..<box.count {
            #expect(AES256GCM.open(Array(box.prefix(length)), key: key, associated: [1, 2]) == nil)
        }
    }

    @Test func eachBoxHasAFreshNonce() throws {
        let (key, secret) = (SecretBytes(try bytes(Self.key)), SecretBytes(utf8: "a token"))
        let boxes = Set((0..<200).map { _ in AES256GCM.seal(secret, key: key, associated: []) })
        #expect(Set(boxes.map { $0.prefix(AES256GCM.nonceLength) }).count == 200)
    }
}
