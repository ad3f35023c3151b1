import Crypto
public import Testing
public import Verification
import Webhooks

let noon = Timestamp(microseconds: 1_700_000_000_000_000)

func secret(_ text: String, id: String = "test", from: Timestamp? = nil, until: Timestamp? = nil) -> SigningSecret {
    SigningSecret(keyID: id, secret: SecretBytes(Array(text.utf8)), validFrom: from, validUntil: until)
}

func keyring(_ secrets: String..., credentials: [String: String] = [:]) -> Keyring {
    Keyring(
        secrets: secrets.enumerated().map { secret($1, id: "key\($0)") },
        credentials: credentials.mapValues { SecretBytes(Array($0.utf8)) })
}

func delivery(_ headers: [(name: String, value: String)], body: String) -> Delivery {
    delivery(HeaderFields(headers), body: Array(body.utf8))
}

func delivery(_ headers: HeaderFields, body: [UInt8]) -> Delivery {
    Delivery(
        requestID: "0123456789abcdef0123456789abcdef", receivedAt: noon, host: "shop.example", path: "/hook",
        query: "a=1",
        headers: headers, body: body)
}

extension Scheme {
    /// The kind of the refusal; nil when the delivery verifies.
    func refusal(
        of delivery: Delivery, _ keyring: Keyring, policy: VerificationPolicy = .required, tolerance: Int64? = nil,
        now: Timestamp = noon
    ) -> Refusal.Kind? {
        do throws(Refusal) {
            _ = try verify(delivery, keyring: keyring, policy: policy, tolerance: tolerance, now: now)
            return nil
        } catch { return error.kind }
    }

    /// The text that signs a message under a secret, for tests that sign what the scheme itself would not.
    func code(over message: String, secret text: String) throws -> String {
        var plain = self
        plain.message = [.literal(message)]
        plain.signature = .header("code")
        plain.timestamp = nil
        let fields = try plain.sign(Draft(url: "", body: []), secret: secret(text), now: noon)
        return fields.first?.value ?? ""
    }
}

extension Scheme: CustomTestStringConvertible {
    /// The name: the whole table would fill the screen.
    public var testDescription: String { name }
}
