/// How the key is derived from the configured secret.
public enum KeyDerivation: Sendable, Hashable {
    /// The secret's own bytes.
    case utf8
    /// Base64 after that prefix, which may be left out, with or without padding (Standard Webhooks: `whsec_`).
    case base64(prefix: String)
    /// Either of the two, for senders that allow both: base64 with that prefix, or without where it decodes, and the
    /// secret's own bytes.
    case utf8OrBase64(prefix: String)
    /// Hexadecimal digits (Adyen).
    case hex
    /// An Ed25519 key in hexadecimal digits, in base64 (after `whpk_` or `whsk_`, which may be left out) or as PEM:
    /// 32 bytes, or 64 that are the private seed and the public key behind it.
    case ed25519
    /// A public key or a certificate as PEM; to sign, a private key.
    case pem
}
