/// How the key comes out of the secret as it was configured.
public enum KeyDerivation: Sendable, Hashable {
    /// The secret's own bytes.
    case utf8
    /// Base64 after that prefix, which may be left out, with or without padding (Standard Webhooks: `whsec_`).
    case base64(prefix: String)
    /// Hexadecimal digits (Adyen).
    case hex
}
