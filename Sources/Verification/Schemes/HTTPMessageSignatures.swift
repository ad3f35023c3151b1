import Crypto

extension Scheme {
    /// HTTP Message Signatures (RFC 9421): the sender lists the covered components in `Signature-Input`, and the body is
    /// covered by its digest (RFC 9530). One scheme for each algorithm, so that no sender can choose a weaker one.
    ///
    /// The path is among the covered components: a delivery to one source is none for another with the same key.
    static let messageSignatures: [Scheme] = [
        messageSignatures(name: "rfc9421_hmac_sha256", .hmac(.sha256), key: .utf8),
        messageSignatures(name: "rfc9421_ed25519", .publicKey(.ed25519), key: .ed25519),
        messageSignatures(name: "rfc9421_ecdsa_p256_sha256", .publicKey(.ecdsaP256SHA256), key: .pem),
        messageSignatures(name: "rfc9421_rsa_pss_sha512", .publicKey(.rsaPSSSHA512), key: .pem),
        messageSignatures(name: "rfc9421_rsa_v1_5_sha256", .publicKey(.rsaSHA256), key: .pem),
    ]

    /// A scheme of RFC 9421.
    /// - Parameters:
    ///   - algorithm: one of the registry in RFC 9421, section 6.2.
    ///   - rule: what a signature must cover.
    ///   - tolerance: of the time `created`, which every signature must have, in seconds; nil for any.
    public static func messageSignatures(
        name: String, _ algorithm: Algorithm, key: KeyDerivation,
        rule: SignatureRule = SignatureRule(components: SignatureRule.standardComponents), tolerance: Int64? = 300
    ) -> Scheme {
        var scheme = Scheme(
            name: name, message: [.signatureBase], algorithm: algorithm, key: key, encoding: .base64,
            signature: SignatureLocation(.messageSignature),
            timestamp: TimestampRule(.pair(key: "created"), tolerance: tolerance))
        scheme.rule = rule
        return scheme
    }
}
