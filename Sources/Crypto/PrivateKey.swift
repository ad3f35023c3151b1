internal import CCrypto

/// A key to sign with, as a provider does: for `hookledger send` and for tests. May be used by many threads at once.
public struct PrivateKey: Sendable {
    private let key: KeyHandle

    /// What ``generate(_:)`` makes.
    public enum Kind: Sendable, CaseIterable {
        /// Ed25519.
        case ed25519
        /// Elliptic curve NIST P-256.
        case p256
        /// RSA with 2048 bits.
        case rsa2048
    }

    private init(_ key: KeyHandle) throws(CryptoError) { self.key = try key.checked() }

    /// Reads a `PRIVATE KEY` (PKCS #8), `RSA PRIVATE KEY` or `EC PRIVATE KEY`, not encrypted.
    ///
    /// - Throws: ``CryptoError``.
    public init(pem: String) throws(CryptoError) {
        guard let block = PEM.first(pem), ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"].contains(block.label)
        else { throw CryptoError("no PEM block of a private key without password found") }
        var der = block.content
        let key = der.withUnsafeMutableBufferPointer { buffer in
            var cursor = UnsafePointer(buffer.baseAddress)
            let raw = d2i_AutoPrivateKey(nil, &cursor, buffer.count)
            OPENSSL_cleanse(buffer.baseAddress, buffer.count)
            return raw.map(KeyHandle.init)
        }
        guard let key else { throw CryptoError("the private key cannot be read") }
        try self.init(key)
    }

    /// Makes an Ed25519 key of its 32-byte seed (RFC 8032, 5.1.5).
    public init(ed25519Seed seed: SecretBytes) throws(CryptoError) {
        let key = seed.withUnsafeBytes { bytes in
            EVP_PKEY_new_raw_private_key(
                EVP_PKEY_ED25519, nil, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count
            ).map(KeyHandle.init)
        }
        guard seed.count == 32, let key else { throw CryptoError("an Ed25519 seed has 32 bytes") }
        try self.init(key)
    }

    /// Makes a new key.
    public static func generate(_ kind: Kind) throws(CryptoError) -> PrivateKey {
        let type =
            switch kind {
            case .ed25519: EVP_PKEY_ED25519
            case .p256: EVP_PKEY_EC
            case .rsa2048: EVP_PKEY_RSA
            }
        guard let context = EVP_PKEY_CTX_new_id(type, nil) else { outOfMemory() }
        defer { EVP_PKEY_CTX_free(context) }
        var ready = EVP_PKEY_keygen_init(context)
        if kind == .p256, ready == 1 { ready = EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) }
        if kind == .rsa2048, ready == 1 { ready = EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) }
        var raw: OpaquePointer?
        guard ready == 1, EVP_PKEY_keygen(context, &raw) == 1, let raw else {
            throw CryptoError("no key could be made")
        }
        return try PrivateKey(KeyHandle(raw))
    }

    /// The signature of a message.
    ///
    /// - Throws: ``CryptoError`` when the algorithm does not fit the key.
    public func sign(_ message: [UInt8], _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
        guard algorithm.accepts(key) else {
            throw CryptoError("\(algorithm.rawValue) needs another kind of key")
        }
        guard let context = EVP_MD_CTX_new() else { outOfMemory() }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        var options: OpaquePointer?
        guard EVP_DigestSignInit(context, &options, algorithm.digest?.function, nil, key.raw) == 1,
            algorithm.prepare(options),
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { throw CryptoError("signing failed") }
        // The first answer is an upper bound: an ECDSA signature may be shorter.
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
            throw CryptoError("signing failed")
        }
        let made = Array(signature.prefix(length))
        guard algorithm == .ecdsaP256SHA256 else { return made }
        guard let numbers = ECDSANumbers.numbers(der: made) else { throw CryptoError("signing failed") }
        return numbers
    }

    /// The key as a `PRIVATE KEY` block (PKCS #8), not encrypted: to keep a throw-away key of a development stack.
    ///
    /// - Throws: ``CryptoError`` when libcrypto cannot give it.
    public func pem() throws(CryptoError) -> SecretBytes {
        guard let info = EVP_PKEY2PKCS8(key.raw) else { throw CryptoError("cannot export the private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var buffer: UnsafeMutablePointer<UInt8>?
        let length = i2d_PKCS8_PRIV_KEY_INFO(info, &buffer)
        guard length > 0, let buffer else { throw CryptoError("cannot export the private key") }
        defer { CRYPTO_clear_free(buffer, Int(length), nil, 0) }
        return SecretBytes(
            utf8: PEM.encode("PRIVATE KEY", [UInt8](UnsafeBufferPointer(start: buffer, count: Int(length)))))
    }

    /// The key that checks what this one signs.
    ///
    /// - Throws: ``CryptoError`` when libcrypto cannot give it.
    public func publicKey() throws(CryptoError) -> PublicKey {
        var buffer: UnsafeMutablePointer<UInt8>?
        let length = i2d_PUBKEY(key.raw, &buffer)
        guard length > 0, let buffer else { throw CryptoError("cannot export the public key") }
        defer { CRYPTO_free(buffer, nil, 0) }
        return try PublicKey(der: [UInt8](UnsafeBufferPointer(start: buffer, count: Int(length))))
    }
}
