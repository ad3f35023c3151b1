import Crypto

/// Secrets as they are copied wrongly.
enum KeyringVariants {
    static func all(_ keyring: Keyring) -> [(keyring: Keyring, words: String)] {
        let changes: [(words: String, change: (String) -> String)] = [
            (
                "the secret without the white space around it",
                { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            ),
            (
                "the secret with its HTML entities decoded: WooCommerce encodes them in its database only",
                Self.decodedEntities
            ),
            ("the secret followed by a line end", { $0 + "\n" }),
        ]
        return changes.map { words, change in
            var changed = keyring
            changed.secrets = keyring.secrets.map { secret in
                let text = change(secret.secret.text)
                return SigningSecret(
                    keyID: secret.keyID, secret: SecretBytes(utf8: text), validFrom: secret.validFrom,
                    validUntil: secret.validUntil)
            }
            return (changed, words)
        }
    }

    private static func decodedEntities(_ text: String) -> String {
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&amp;", "&")]
        return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
