import Crypto
import Testing

/// RFC 8032, section 7.1, tests 1 to 3.
private let rfc8032 = [
    (
        seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
        signature:
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
        seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
        signature:
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
        seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
        signature:
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
]

@Suite struct SignatureTests {
    @Test(arguments: rfc8032.indices) func ed25519AgreesWithRFC8032(index: Int) throws {
        let vector = rfc8032[index]
        let message = try #require(Hex.decode(vector.message))
        let signature = try #require(Hex.decode(vector.signature))
        let privateKey = try PrivateKey(ed25519Seed: SecretBytes(#require(Hex.decode(vector.seed))))
        #expect(try privateKey.sign(message, .ed25519) == signature)
        let key = try PublicKey(ed25519: #require(Hex.decode(vector.key)))
        #expect(key.isValid(signature, .ed25519, parts: [message]))
        #expect(key.isValid(signature, .ed25519, parts: message.map { [$0] }))
        #expect(try privateKey.publicKey().ed25519Bytes == Hex.decode(vector.key))
    }

    static let kinds: [(PrivateKey.Kind, [SignatureAlgorithm])] = [
        (.ed25519, [.ed25519]), (.p256, [.ecdsaSHA1, .ecdsaSHA256, .ecdsaP256SHA256]),
        (.rsa2048, [.rsaSHA1, .rsaSHA256, .rsaPSSSHA512]),
    ]

    @Test(arguments: kinds.indices) func whatIsSignedIsValidAndNothingElse(index: Int) throws {
        let (kind, algorithms) = Self.kinds[index]
        let key = try PrivateKey.generate(kind)
        let publicKey = try PublicKey(pem: key.publicKey().pem)
        let stranger = try PrivateKey.generate(kind).publicKey()
        let message = Array("id.timestamp.body".utf8)
        for algorithm in algorithms {
            let signature = try key.sign(message, algorithm)
            #expect(publicKey.isValid(signature, algorithm, parts: [message]))
            #expect(!stranger.isValid(signature, algorithm, parts: [message]))
            #expect(!publicKey.isValid(signature, algorithm, parts: [message, [0]]))
            var changed = signature
            changed[signature.count / 2] ^= 1
            #expect(!publicKey.isValid(changed, algorithm, parts: [message]))
            for other in SignatureAlgorithm.allCases where other != algorithm {
                #expect(!publicKey.isValid(signature, other, parts: [message]))
            }
            for bad in [
                [], [0], Array(repeating: UInt8(ascii: "A"), count: 44), Array(signature.dropLast()), signature + [0],
            ] {
                #expect(!publicKey.isValid(bad, algorithm, parts: [message]))
            }
        }
        for algorithm in SignatureAlgorithm.allCases where !algorithms.contains(algorithm) {
            #expect(throws: CryptoError.self) { try key.sign(message, algorithm) }
        }
    }

    @Test func keysAreSharedByManyThreads() async throws {
        let key = try PrivateKey.generate(.p256)
        let publicKey = try key.publicKey()
        let valid = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let message = Array("message \(number)".utf8)
                    return publicKey.isValid(try key.sign(message, .ecdsaSHA256), .ecdsaSHA256, parts: [message])
                }
            }
            return try await group.reduce(into: 0) { count, valid in count += valid ? 1 : 0 }
        }
        #expect(valid == 64)
    }

    @Test(arguments: [
        "", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nAA!A\n-----END PUBLIC KEY-----", "-----BEGIN X-----\nAAAA\n-----END X-----",
    ])
    func whatIsNoKeyIsRefused(pem: String) {
        #expect(throws: CryptoError.self) { try PublicKey(pem: pem) }
        #expect(throws: CryptoError.self) { try PrivateKey(pem: pem) }
    }

    @Test func keysOfTheWrongLengthAreRefused() {
        for count in [0, 31, 33, 64] {
            let bytes = [UInt8](repeating: 1, count: count)
            #expect(throws: CryptoError.self) { try PublicKey(ed25519: bytes) }
            #expect(throws: CryptoError.self) { try PrivateKey(ed25519Seed: SecretBytes(bytes)) }
        }
    }
}
