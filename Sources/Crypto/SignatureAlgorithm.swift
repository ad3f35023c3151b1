internal import CCrypto

/// How a message is signed with a private key and checked with the public one.
public enum SignatureAlgorithm: String, CaseIterable, Sendable {
    /// Ed25519 (RFC 8032): 64 bytes.
    case ed25519
    /// ECDSA over SHA-1, signature as an ASN.1 sequence in DER (eBay).
    case ecdsaSHA1
    /// ECDSA over SHA-256, signature as an ASN.1 sequence in DER.
    case ecdsaSHA256
    /// RSA, PKCS #1 v1.5 (RFC 8017, 8.2), over SHA-1 (SNS signature version 1).
    case rsaSHA1
    /// RSA, PKCS #1 v1.5 (RFC 8017, 8.2), over SHA-256.
    case rsaSHA256

    /// The kind of key that it takes, in libcrypto's numbers.
    var keyType: Int32 {
        switch self {
        case .ed25519: EVP_PKEY_ED25519
        case .ecdsaSHA1, .ecdsaSHA256: EVP_PKEY_EC
        case .rsaSHA1, .rsaSHA256: EVP_PKEY_RSA
        }
    }

    /// The hash function; nil for Ed25519, which has its own inside.
    var digest: Digest? {
        switch self {
        case .ed25519: nil
        case .ecdsaSHA1, .rsaSHA1: .sha1
        case .ecdsaSHA256, .rsaSHA256: .sha256
        }
    }
}
