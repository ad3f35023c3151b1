internal import CCrypto

/// How a message is signed with a private key and checked with the public one.
public enum SignatureAlgorithm: String, CaseIterable, Sendable {
    /// Ed25519 (RFC 8032): 64 bytes.
    case ed25519
    /// ECDSA over SHA-1, signature as an ASN.1 sequence in DER (eBay).
    case ecdsaSHA1
    /// ECDSA over SHA-256, signature as an ASN.1 sequence in DER.
    case ecdsaSHA256
    /// ECDSA over SHA-256 on the curve P-256, signature as the two numbers r and s of 32 bytes each (RFC 9421, 3.3.4).
    case ecdsaP256SHA256
    /// RSA, PKCS #1 v1.5 (RFC 8017, 8.2), over SHA-1 (SNS signature version 1).
    case rsaSHA1
    /// RSA, PKCS #1 v1.5 (RFC 8017, 8.2), over SHA-256.
    case rsaSHA256
    /// RSA-PSS (RFC 8017, 8.1) over SHA-512, with a salt of 64 bytes (RFC 9421, 3.3.1).
    case rsaPSSSHA512

    /// The kinds of key that it takes, in libcrypto's numbers.
    var keyTypes: [Int32] {
        switch self {
        case .ed25519: [EVP_PKEY_ED25519]
        case .ecdsaSHA1, .ecdsaSHA256, .ecdsaP256SHA256: [EVP_PKEY_EC]
        case .rsaSHA1, .rsaSHA256: [EVP_PKEY_RSA]
        case .rsaPSSSHA512: [EVP_PKEY_RSA, EVP_PKEY_RSA_PSS]
        }
    }

    /// The kind of key to make for it.
    public var keyKind: PrivateKey.Kind {
        switch self {
        case .ed25519: .ed25519
        case .ecdsaSHA1, .ecdsaSHA256, .ecdsaP256SHA256: .p256
        case .rsaSHA1, .rsaSHA256, .rsaPSSSHA512: .rsa2048
        }
    }

    /// Whether it can be used with that key.
    func accepts(_ key: KeyHandle) -> Bool {
        keyTypes.contains(key.type) && (self != .ecdsaP256SHA256 || EVP_PKEY_get_bits(key.raw) == 256)
    }

    /// Sets what the kind of key leaves open.
    /// - Parameter context: of the key, which libcrypto owns.
    /// - Returns: whether libcrypto took it.
    func prepare(_ context: OpaquePointer?) -> Bool {
        guard self == .rsaPSSSHA512 else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
    }

    /// The hash function; nil for Ed25519, which has its own inside.
    var digest: Digest? {
        switch self {
        case .ed25519: nil
        case .ecdsaSHA1, .rsaSHA1: .sha1
        case .ecdsaSHA256, .ecdsaP256SHA256, .rsaSHA256: .sha256
        case .rsaPSSSHA512: .sha512
        }
    }
}
