import Crypto
public import Verification
public import Webhooks

/// A delivery that verifies, made by the scheme itself, with the keys that verify it.
public struct GenuineDelivery: Sendable {
    /// How it is signed.
    public let scheme: Scheme
    /// The delivery.
    public let delivery: Delivery
    /// The keys of its receiver.
    public let keyring: Keyring
    /// When it is received.
    public static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    /// A delivery that is known to verify.
    public init(_ scheme: Scheme, delivery: Delivery, keyring: Keyring) {
        self.scheme = scheme
        self.delivery = delivery
        self.keyring = keyring
    }

    /// Signs a delivery by a scheme.
    /// - Throws: when the scheme cannot sign.
    public init(_ scheme: Scheme) throws {
        let (signing, verifying) = try Self.keys(for: scheme)
        var credentials: [String: SecretBytes] = [:]
        for name in scheme.credentialNames { credentials[name] = SecretBytes(utf8: "credential of \(name)") }
        let plain = Delivery(
            requestID: "0123456789abcdef0123456789abcdef", receivedAt: Self.now, host: "shop.example", path: "/hook",
            query: "a=1", headers: HeaderFields(Self.headers(of: scheme)), body: Array(Self.body(of: scheme).utf8))
        let draft = try scheme.signed(
            Draft(url: plain.url, headers: plain.headers, body: plain.body), secret: signing,
            credentials: credentials, now: Self.now)
        var delivery = plain
        delivery.headers = draft.headers
        delivery.body = draft.body
        self.scheme = scheme
        self.delivery = delivery
        keyring = Keyring(secrets: [verifying], credentials: credentials)
    }

    /// The secret of the sender and that of the receiver: the same, or the two halves of a pair.
    private static func keys(for scheme: Scheme) throws -> (SigningSecret, SigningSecret) {
        guard case .publicKey(let algorithm) = scheme.algorithm else {
            // Decodes as text, as base64 and as hexadecimal digits.
            let secret = SigningSecret(keyID: "key", secret: SecretBytes(utf8: "00112233445566778899aabbccddeeff"))
            return (secret, secret)
        }
        let key = try PrivateKey.generate(algorithm.keyKind)
        return (
            SigningSecret(keyID: "key", secret: try key.pem()),
            SigningSecret(keyID: "key", secret: SecretBytes(utf8: try key.publicKey().pem))
        )
    }

    private static func headers(of scheme: Scheme) -> [(name: String, value: String)] {
        // Discord's is the time.
        let value = scheme.name == "discord" ? "1700000000" : "id-1"
        return scheme.message.compactMap { part in
            if case .header(let name) = part { (name: name, value: value) } else { nil }
        }
    }

    private static func body(of scheme: Scheme) -> String {
        if scheme.message.contains(.sortedFormFields) { return "From=%2B14158675309&To=%2B18005551212&Digits=12+34" }
        return switch scheme.name {
        case "adyen":
            #"{"live":"false","notificationItems":[{"NotificationRequestItem":{"amount":{"value":1130,"currency":"EUR"},"#
                + #""pspReference":"7914073381342284","eventCode":"AUTHORISATION","success":"true"}},"#
                + #"{"NotificationRequestItem":{"amount":{"value":5,"currency":"USD"},"pspReference":"2"}}]}"#
        case "aws_sns":
            #"{"Type":"Notification","MessageId":"2685","TopicArn":"arn:aws:sns:us-west-2:1:topic","Message":"Hello","#
                + #""Timestamp":"2026-03-06T19:53:21.424Z","SignatureVersion":"2","#
                + #""SigningCertURL":"https://sns.us-west-2.amazonaws.com/Simple.pem"}"#
        default: #"{"data":{"order_id":"576486316948490000","total":24.90},"type":"order_created"}"#
        }
    }
}
