internal import CCrypto

/// A SHA-256 of bytes that are not in memory at once. Not for two threads at once.
public final class RunningDigest {
    private let context: OpaquePointer

    /// A digest of nothing yet.
    public init() {
        guard let context = EVP_MD_CTX_new() else { outOfMemory() }
        self.context = context
        mustSucceed(EVP_DigestInit_ex(context, Digest.sha256.function, nil))
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes at the end.
    public func append(_ bytes: [UInt8]) { mustSucceed(EVP_DigestUpdate(context, bytes, bytes.count)) }

    /// The hash of all bytes. The last call on the object.
    public func hash() -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: Digest.sha256.byteCount)
        mustSucceed(EVP_DigestFinal_ex(context, &hash, nil))
        return hash
    }
}
