internal import CCrypto

/// Owns one `EVP_PKEY`. It is immutable, so libcrypto allows any number of threads to use it.
final class KeyHandle: @unchecked Sendable {
    let raw: OpaquePointer

    /// Takes ownership.
    init(_ raw: OpaquePointer) { self.raw = raw }

    deinit { EVP_PKEY_free(raw) }

    /// `EVP_PKEY_RSA`, `EVP_PKEY_RSA_PSS`, `EVP_PKEY_EC`, `EVP_PKEY_ED25519`, or another that no algorithm here takes.
    var type: Int32 { EVP_PKEY_get_base_id(raw) }

    /// Refuses keys that no algorithm here takes, and RSA keys that can be broken.
    func checked() throws(CryptoError) -> KeyHandle {
        guard SignatureAlgorithm.allCases.contains(where: { $0.keyTypes.contains(type) }) else {
            throw CryptoError("the key is neither RSA nor elliptic curve nor Ed25519")
        }
        if type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS, EVP_PKEY_get_bits(raw) < 2048 {
            throw CryptoError("the RSA key is shorter than 2048 bits")
        }
        return self
    }
}
