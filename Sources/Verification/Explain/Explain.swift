import Crypto
public import Webhooks

extension Scheme {
    /// Explains a signature that no secret matches, by trying common mistakes.
    ///
    /// For a person with the keys; never for an answer to a sender, because it costs a hundred times the verification
    /// itself.
    /// - Returns: a sentence; nil if nothing matches.
    public func explain(_ delivery: Delivery, keyring: Keyring, now: Timestamp) -> String? {
        func fits(_ delivery: Delivery, _ keyring: Keyring, _ scheme: Scheme) -> Bool {
            do throws(Refusal) {
                _ = try scheme.verify(delivery, keyring: keyring, now: now)
                return true
            } catch {
                // For a genuine delivery only.
                return error.kind == .outsideTolerance
            }
        }
        for variant in BodyVariants.all(delivery.body) {
            var changed = delivery
            changed.body = variant.body
            if fits(changed, keyring, self) {
                return "the body looks re-encoded: the signature fits \(variant.words); pass on the raw bytes as sent"
            }
        }
        for variant in KeyringVariants.all(keyring) where fits(delivery, variant.keyring, self) {
            return "the signature fits \(variant.words)"
        }
        for variant in variants where fits(delivery, keyring, variant.scheme) {
            return "the signature fits \(variant.words)"
        }
        guard signsURL else { return nil }
        for variant in URLVariants.all(RequestFields(delivery, credentials: keyring.credentials).url) {
            var changed = keyring
            changed.credentials[Keyring.notificationURL] = SecretBytes(utf8: variant)
            if fits(delivery, changed, self) { return "the signature fits the URL \(variant)" }
        }
        return nil
    }

    /// Schemes as others have got them wrong.
    private var variants: [(scheme: Scheme, words: String)] {
        var variants: [(scheme: Scheme, words: String)] = []
        for name in credentialNames {
            variants.append(
                (
                    changed { $0.message.removeAll { $0 == .credential(name) } },
                    "a message without the credential \(name), which the sender left out"
                ))
        }
        let derivations: [(KeyDerivation, String)] = [
            (.utf8, "the secret as text, not decoded"), (.base64(prefix: "whsec_"), "the secret decoded as base64"),
            (.hex, "the secret decoded as hexadecimal digits"),
        ]
        for (derivation, words) in derivations where derivation != key {
            variants.append(
                (changed { $0.key = derivation }, "\(words): the sender uses it this way, the scheme does not"))
        }
        return variants
    }

    private func changed(_ change: (inout Scheme) -> Void) -> Scheme {
        var scheme = self
        change(&scheme)
        for position in scheme.forms.indices { change(&scheme.forms[position]) }
        return scheme
    }
}
