import Crypto
import Forgery
import JSON
import Testing
import Verification
import Webhooks

@Suite("Signatures within the body")
struct BatchTests {
    @Test("Adyen: every item must verify, the first right one rescues no other")
    func adyen() throws {
        let genuine = try GenuineDelivery(.adyen)
        let json = try JSONValue(parsing: genuine.delivery.body)
        func refusal(_ change: (inout JSONValue) -> Void) -> Refusal.Kind? {
            var changed = json
            change(&changed)
            var sent = genuine.delivery
            sent.body = changed.serialized()
            return Scheme.adyen.refusal(of: sent, genuine.keyring)
        }
        let second = ["notificationItems", "1", "NotificationRequestItem"]
        #expect(refusal { _ in } == nil)
        #expect(refusal { _ = $0.set("3", at: second + ["pspReference"]) } == .noSecretMatched)
        #expect(refusal { _ = $0.set("true", at: second + ["success"]) } == .noSecretMatched)
        #expect(refusal { _ = $0.set(.null, at: second + ["additionalData"]) } == .missingSignature)
        #expect(refusal { _ = $0.set([], at: ["notificationItems"]) } == .missingSignature)
        #expect(refusal { _ = $0.set(.null, at: ["notificationItems"]) } == .missingSignature)
        #expect(refusal { _ = $0.set("", at: second + ["additionalData", "hmacSignature"]) } == .malformedSignature)
        let first = json.value(at: ["notificationItems", "0"]) ?? .null
        #expect(refusal { _ = $0.set([first, first, [:]], at: ["notificationItems"]) } == .missingSignature)
    }

    @Test("Amazon SNS: type and version choose what is signed; the certificate's URL and the topic are looked at")
    func amazon() throws {
        let genuine = try GenuineDelivery(.amazonSNS)
        let json = try JSONValue(parsing: genuine.delivery.body)
        func refusal(_ name: String, _ value: JSONValue, topic: String? = nil) -> Refusal.Kind? {
            var changed = json
            _ = changed.set(value, at: [name])
            var sent = genuine.delivery
            sent.body = changed.serialized()
            var ring = genuine.keyring
            ring.credentials["topic_arn"] = topic.map { SecretBytes(utf8: $0) }
            return Scheme.amazonSNS.refusal(of: sent, ring)
        }
        #expect(refusal("Unsigned", "x") == nil)
        #expect(refusal("Subject", "signed when there") == .noSecretMatched)
        #expect(refusal("SignatureVersion", "1") == .noSecretMatched)
        #expect(refusal("SignatureVersion", "3") == .malformedSignature)
        #expect(refusal("Type", "UnsubscribeConfirmation") == .malformedSignature)
        #expect(refusal("Type", "Other") == .malformedSignature)
        for host in ["cn-north-1.amazonaws.com.cn", "us-gov-west-1.amazonaws.com", "eusc-de-east-1.amazonaws.eu"] {
            #expect(refusal("SigningCertURL", .string("https://sns.\(host)/a.pem")) == nil)
        }
        for url in [
            "http://sns.us-east-1.amazonaws.com/a.pem", "https://sns.us-east-1.amazonaws.com.evil.example/a.pem",
            "https://sns.amazonaws.com/a.pem", "https://evil.s3.amazonaws.com/sns.us-east-1.amazonaws.com",
            "https://sns.a.b.amazonaws.com/a.pem", "https://evil@sns.us-east-1.amazonaws.com/",
            "sns.us-east-1.amazonaws.com", "https://sns.us-east-1.amazonaws.com\\@127.0.0.1:9/",
            "https://sns.us-east-1.amazonaws.com@127.0.0.1/", "https://sns.us-east-1.amazonaws.com/a b",
            "https://sns.us-east-1.amazonaws.com/a\n", "https://sns.us-east-1.amazonaws.com/\\b",
            "https://sns.eusc-de-east-1.amazonaws.eu.evil.example/", "https://sns.x.y.amazonaws.eu/",
            "https://sns.us-east-1.amazonaws.com:1@127.0.0.1/", "https://sns.us-east-1.amazonaws.com/\u{7F}",
        ] {
            #expect(refusal("SigningCertURL", .string(url)) == .malformedSignature, "\(url)")
        }
        #expect(refusal("SigningCertURL", .null) == .malformedSignature)
        let topic = "arn:aws:sns:us-west-2:1:topic"
        #expect(refusal("x", "y", topic: topic) == nil)
        #expect(refusal("x", "y", topic: "arn:aws:sns:us-west-2:1:other, \(topic)") == nil)
        #expect(refusal("x", "y", topic: topic + "s") == .noSecretMatched)
        #expect(genuine.keyring.warnings(for: .amazonSNS).count == 1)
        #expect(genuine.keyring.warnings(for: .gitHub).isEmpty)
    }

    @Test("Amazon SNS: the signed lines come from no other fields than those that were signed")
    func lines() throws {
        let key = try PrivateKey.generate(.rsa2048)
        let ring = Keyring(secrets: [secret(try key.publicKey().pem)])
        let plain = try JSONValue(
            parsing: Array(
                #"""
                {"Type":"Notification","MessageId":"7","TopicArn":"arn:t","Message":"a\nb","Subject":"S","Timestamp":"now",
                "SignatureVersion":"2","SigningCertURL":"https://sns.us-west-2.amazonaws.com/a.pem"}
                """#.utf8))
        func refusal(without: [String: JSONValue] = [:], _ changes: [String: JSONValue]) throws -> Refusal.Kind? {
            var signed = plain
            for (name, value) in without { _ = signed.set(value, at: [name]) }
            let draft = try Scheme.amazonSNS.signed(
                Draft(url: "", body: signed.serialized()), secret: SigningSecret(keyID: "k", secret: key.pem()),
                now: noon)
            var changed = try JSONValue(parsing: draft.body)
            for (name, value) in changes { _ = changed.set(value, at: [name]) }
            return Scheme.amazonSNS.refusal(of: delivery(HeaderFields(), body: changed.serialized()), ring)
        }
        #expect(try refusal([:]) == nil)
        #expect(try refusal(without: ["Subject": .null], [:]) == nil)
        // Each of these makes the very lines that were signed.
        let regrouped: [[String: JSONValue]] = [
            ["MessageId": "7\nSubject\nS", "Subject": .null],
            ["Message": "a\nb\nMessageId\n7", "MessageId": .null],
            ["Message": "a\nb\nMessageId\n7\nSubject\nS", "MessageId": .null, "Subject": .null],
            ["Timestamp": "now\nTopicArn\narn:t", "TopicArn": .null],
            ["Subject": "S\nTimestamp\nnow", "Timestamp": .null],
        ]
        for changes in regrouped { #expect(try refusal(changes) == .malformedSignature, "\(changes)") }
        #expect(try refusal(without: ["MessageId": "7\r"], [:]) == .malformedSignature)
    }

    @Test("Signing fills in what is in the body, and says when it cannot")
    func signing() throws {
        let hex = secret("00112233")
        #expect(throws: SigningError.signatureInBody) {
            try Scheme.adyen.sign(
                Draft(url: "", body: Array(#"{"notificationItems":[{}]}"#.utf8)), secret: hex, now: noon)
        }
        for body in ["", "[]", "{}", #"{"notificationItems":[]}"#, #"{"notificationItems":[1]}"#] {
            #expect(throws: SigningError.noPlaceInBody, "\(body)") {
                try Scheme.adyen.signed(Draft(url: "", body: Array(body.utf8)), secret: hex, now: noon)
            }
        }
    }

    @Test("Two forms of one contract: the stronger one decides alone")
    func forms() throws {
        var sent = delivery([("webhook-id", "m")], body: "{}")
        let weak = try Scheme.everShop.code(over: "{}", secret: "s")
        let standard = Scheme.standardWebhooks(name: "x", key: .utf8)
        let strong = try "v1," + standard.code(over: "m.\(noon.seconds).{}", secret: "s")
        func refusal(_ headers: [(name: String, value: String)], _ ring: Keyring = keyring("s")) -> Refusal.Kind? {
            sent.headers = HeaderFields([("webhook-id", "m"), ("webhook-timestamp", "\(noon.seconds)")] + headers)
            return Scheme.everShop.refusal(of: sent, ring)
        }
        #expect(refusal([("x-evershop-signature", weak)]) == nil)
        #expect(refusal([("webhook-signature", strong)]) == nil)
        #expect(refusal([("webhook-signature", "v1," + weak), ("x-evershop-signature", weak)]) == .malformedSignature)
        let base64 = Scheme.standardWebhooks(name: "x")
        let decoded = try "v1," + base64.code(over: "m.\(noon.seconds).{}", secret: "whsec_c2VjcmV0")
        #expect(refusal([("webhook-signature", decoded)], keyring("whsec_c2VjcmV0")) == nil)
        #expect(refusal([("webhook-signature", decoded)], keyring("c2VjcmV0")) == nil)
        #expect(refusal([("webhook-signature", strong)], keyring("whsec_")) == .noUsableSecret)
    }
}
