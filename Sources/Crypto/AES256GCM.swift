internal import CCrypto

/// Authenticated encryption: AES-256 in Galois/Counter Mode (NIST SP 800-38D), with a nonce of 96 random bits for each box
/// and a tag of 128 bits.
///
/// A key may seal 2³² boxes before two nonces are likely to be equal (SP 800-38D, 8.3).
public enum AES256GCM {
    /// The length of a key in bytes.
    public static let keyLength = 32
    static let nonceLength = 12
    static let tagLength = 16

    /// Seals a secret under a fresh nonce.
    ///
    /// - Parameters:
    ///   - key: ``keyLength`` bytes.
    ///   - associated: authenticated and not stored; opening needs the same bytes.
    /// - Returns: nonce, ciphertext and tag in this order.
    public static func seal(_ plain: SecretBytes, key: SecretBytes, associated: [UInt8]) -> [UInt8] {
        seal(plain, key: key, nonce: Random.bytes(nonceLength), associated: associated)
    }

    /// The same under a nonce that no other box of the key has: for published test vectors.
    static func seal(_ plain: SecretBytes, key: SecretBytes, nonce: [UInt8], associated: [UInt8]) -> [UInt8] {
        precondition(nonce.count == nonceLength)
        let context = cipher(key, nonce, isEncrypting: true)
        defer { EVP_CIPHER_CTX_free(context) }
        var length: Int32 = 0
        mustSucceed(EVP_CipherUpdate(context, nil, &length, associated, Int32(associated.count)))
        var text = [UInt8](repeating: 0, count: plain.count)
        plain.withUnsafeBytes { plain in
            mustSucceed(
                EVP_CipherUpdate(
                    context, &text, &length, plain.assumingMemoryBound(to: UInt8.self).baseAddress, Int32(plain.count)))
        }
        mustSucceed(EVP_CipherFinal_ex(context, nil, &length))
        var tag = [UInt8](repeating: 0, count: tagLength)
        mustSucceed(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag))
        return nonce + text + tag
    }

    /// Opens a box.
    ///
    /// - Returns: nil if it was sealed with another key or for other associated bytes, or if one of its bits has changed.
    public static func open(_ box: [UInt8], key: SecretBytes, associated: [UInt8]) -> SecretBytes? {
        guard box.count >= nonceLength + tagLength else { return nil }
        let context = cipher(key, Array(box.prefix(nonceLength)), isEncrypting: false)
        defer {
            EVP_CIPHER_CTX_free(context)
            // A refused tag leaves entries in the thread's error queue, which other calls would read as theirs.
            ERR_clear_error()
        }
        var length: Int32 = 0
        mustSucceed(EVP_CipherUpdate(context, nil, &length, associated, Int32(associated.count)))
        let text = Array(box.dropFirst(nonceLength).dropLast(tagLength))
        var plain = [UInt8](repeating: 0, count: text.count)
        mustSucceed(EVP_CipherUpdate(context, &plain, &length, text, Int32(text.count)))
        var tag = Array(box.suffix(tagLength))
        mustSucceed(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag))
        let isAuthentic = EVP_CipherFinal_ex(context, nil, &length) == 1
        // Also of a refused box, whose bytes nobody may see.
        let secret = SecretBytes(cleansing: &plain)
        return isAuthentic ? secret : nil
    }

    private static func cipher(_ key: SecretBytes, _ nonce: [UInt8], isEncrypting: Bool) -> OpaquePointer {
        precondition(key.count == keyLength)
        guard let context = EVP_CIPHER_CTX_new() else { outOfMemory() }
        key.withUnsafeBytes { key in
            mustSucceed(
                EVP_CipherInit_ex2(
                    context, algorithm, key.assumingMemoryBound(to: UInt8.self).baseAddress, nonce,
                    isEncrypting ? 1 : 0,
                    nil))
        }
        return context
    }

    /// Looked up once; immutable and shared by all threads, as libcrypto allows for fetched algorithms.
    nonisolated(unsafe) private static let algorithm: OpaquePointer? = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
}
