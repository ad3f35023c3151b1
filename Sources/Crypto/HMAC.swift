internal import CCrypto

/// Keyed hashes (RFC 2104).
public enum HMAC {
    /// Looked up once; immutable and shared by all threads, as libcrypto allows for fetched algorithms.
    nonisolated(unsafe) private static let algorithm: OpaquePointer? = EVP_MAC_fetch(nil, "HMAC", nil)

    /// The code over all parts as if they were one array; nothing is joined in memory.
    ///
    /// - Parameters:
    ///   - digest: the hash function.
    ///   - key: of any length, also empty.
    ///   - parts: the message in order.
    /// - Returns: ``Digest/byteCount`` bytes.
    public static func authenticationCode(_ digest: Digest, key: SecretBytes, parts: [[UInt8]]) -> [UInt8] {
        guard let context = EVP_MAC_CTX_dup(key.state(digest)) else { outOfMemory() }
        defer { EVP_MAC_CTX_free(context) }
        for part in parts { mustSucceed(EVP_MAC_update(context, part, part.count)) }
        var code = [UInt8](repeating: 0, count: digest.byteCount)
        var length = 0
        mustSucceed(EVP_MAC_final(context, &code, &length, code.count))
        return code
    }

    /// The code over one message.
    public static func authenticationCode(_ digest: Digest, key: SecretBytes, _ message: [UInt8]) -> [UInt8] {
        authenticationCode(digest, key: key, parts: [message])
    }

    /// Whether `code` is the code over the parts, in constant time; a code of another length never is.
    public static func isValid(_ code: [UInt8], _ digest: Digest, key: SecretBytes, parts: [[UInt8]]) -> Bool {
        constantTimeEquals(code, authenticationCode(digest, key: key, parts: parts))
    }

    /// A state that has taken the key and no message yet; the caller frees it.
    static func keyed(_ digest: Digest, _ key: SecretBytes) -> OpaquePointer {
        guard let context = EVP_MAC_CTX_new(algorithm) else { outOfMemory() }
        key.withUnsafeBytes { key in
            mustSucceed(
                hl_hmac_init(
                    context, key.assumingMemoryBound(to: UInt8.self).baseAddress, key.count, digest.name))
        }
        return context
    }
}
