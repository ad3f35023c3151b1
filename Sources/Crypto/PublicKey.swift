internal import CCrypto

/// A provider's public key. May be used by many threads at once.
public struct PublicKey: Sendable {
    let key: KeyHandle

    init(_ key: KeyHandle) throws(CryptoError) { self.key = try key.checked() }

    /// Reads `PUBLIC KEY` (SubjectPublicKeyInfo, RFC 5280) or `CERTIFICATE` (X.509).
    ///
    /// Of a certificate only the key is taken: who issued it and whether it has expired is not checked here, so fetch
    /// it over TLS from a host that the contract names.
    /// - Throws: ``CryptoError``.
    public init(pem: String) throws(CryptoError) {
        guard let block = PEM.first(pem) else { throw CryptoError("no PEM block found") }
        switch block.label {
        case "PUBLIC KEY": try self.init(der: block.content)
        case "CERTIFICATE": try self.init(certificate: block.content)
        default: throw CryptoError("the PEM block is neither a PUBLIC KEY nor a CERTIFICATE")
        }
    }

    /// Reads a SubjectPublicKeyInfo in DER, the content of a `PUBLIC KEY` block.
    public init(der: [UInt8]) throws(CryptoError) {
        let key = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count).map(KeyHandle.init)
        }
        guard let key else { throw CryptoError("the public key cannot be read") }
        try self.init(key)
    }

    /// Takes the 32 bytes of an Ed25519 key (RFC 8032, 5.1.5).
    public init(ed25519 bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32, let raw = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else { throw CryptoError("an Ed25519 public key has 32 bytes") }
        try self.init(KeyHandle(raw))
    }

    private init(certificate: [UInt8]) throws(CryptoError) {
        let key: KeyHandle? = certificate.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            guard let certificate = d2i_X509(nil, &cursor, buffer.count) else { return nil }
            defer { X509_free(certificate) }
            return X509_get_pubkey(certificate).map(KeyHandle.init)
        }
        guard let key else { throw CryptoError("the certificate cannot be read") }
        try self.init(key)
    }

    /// Whether the signature is that of the message. A malformed signature, and an algorithm that does not fit the
    /// key, are false: nothing that a sender chooses can make this throw or trap.
    ///
    /// - Parameters:
    ///   - signature: in the form that ``SignatureAlgorithm`` names.
    ///   - message: its parts in order.
    public func isValid(_ signature: [UInt8], _ algorithm: SignatureAlgorithm, parts: [[UInt8]]) -> Bool {
        guard algorithm.accepts(key) else { return false }
        if algorithm == .ecdsaP256SHA256 {
            guard let der = ECDSANumbers.der(numbers: signature) else { return false }
            return isValid(der, .ecdsaSHA256, parts: parts)
        }
        guard let context = EVP_MD_CTX_new() else { outOfMemory() }
        defer {
            EVP_MD_CTX_free(context)
            // A refused signature leaves entries in the thread's error queue, which other calls would read as theirs.
            ERR_clear_error()
        }
        var options: OpaquePointer?
        guard EVP_DigestVerifyInit(context, &options, algorithm.digest?.function, nil, key.raw) == 1,
            algorithm.prepare(options)
        else { return false }
        if algorithm.digest != nil {
            for part in parts where EVP_DigestVerifyUpdate(context, part, part.count) != 1 { return false }
            return EVP_DigestVerifyFinal(context, signature, signature.count) == 1
        }
        // In one piece: Ed25519 has no digest of its own that could be fed part by part.
        let message = parts.count == 1 ? parts[0] : joined(parts)
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// One array of all parts, by whole copies: `Array(parts.joined())` goes byte by byte.
    private func joined(_ parts: [[UInt8]]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { message += part }
        return message
    }

    /// The key as a `PUBLIC KEY` block.
    public var pem: String {
        var buffer: UnsafeMutablePointer<UInt8>?
        let length = i2d_PUBKEY(key.raw, &buffer)
        guard length > 0, let buffer else { outOfMemory() }
        defer { CRYPTO_free(buffer, nil, 0) }
        return PEM.encode("PUBLIC KEY", [UInt8](UnsafeBufferPointer(start: buffer, count: Int(length))))
    }

    /// The 32 bytes of an Ed25519 key; nil for other keys.
    public var ed25519Bytes: [UInt8]? {
        guard key.type == EVP_PKEY_ED25519 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 32)
        var length = bytes.count
        return EVP_PKEY_get_raw_public_key(key.raw, &bytes, &length) == 1 ? bytes : nil
    }
}
