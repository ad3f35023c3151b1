internal import CCrypto

/// A hash function of libcrypto.
public enum Digest: String, CaseIterable, Sendable {
    /// SHA-1 (FIPS 180-4): 20 bytes. Only inside HMAC and where a provider still signs with it.
    case sha1
    /// SHA-256 (FIPS 180-4): 32 bytes.
    case sha256
    /// SHA-512 (FIPS 180-4): 64 bytes.
    case sha512

    /// The length of a hash in bytes.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// The hash of all parts as if they were one array; nothing is joined in memory.
    public func hash(parts: [[UInt8]]) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { outOfMemory() }
        defer { EVP_MD_CTX_free(context) }
        var hash = [UInt8](repeating: 0, count: byteCount)
        mustSucceed(EVP_DigestInit_ex(context, function, nil))
        for part in parts { mustSucceed(EVP_DigestUpdate(context, part, part.count)) }
        mustSucceed(EVP_DigestFinal_ex(context, &hash, nil))
        return hash
    }

    /// The hash of `bytes`.
    public func hash(_ bytes: [UInt8]) -> [UInt8] { hash(parts: [bytes]) }

    /// libcrypto's description of the function, looked up once: `EVP_sha256()` would be looked up at every hash.
    /// Immutable and shared by all threads, as libcrypto allows for fetched algorithms.
    var function: OpaquePointer? {
        switch self {
        case .sha1: Self.fetchedSHA1
        case .sha256: Self.fetchedSHA256
        case .sha512: Self.fetchedSHA512
        }
    }

    nonisolated(unsafe) private static let fetchedSHA1: OpaquePointer? = EVP_MD_fetch(nil, "SHA1", nil)
    nonisolated(unsafe) private static let fetchedSHA256: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil)
    nonisolated(unsafe) private static let fetchedSHA512: OpaquePointer? = EVP_MD_fetch(nil, "SHA512", nil)

    /// libcrypto's name of the function.
    var name: String {
        switch self {
        case .sha1: "SHA1"
        case .sha256: "SHA256"
        case .sha512: "SHA512"
        }
    }
}
