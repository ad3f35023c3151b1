import Crypto
import Foundation
import JSON
import Providers
import Testing
import Verification
import Webhooks

/// The cases of `Vectors/handshakes.json`, and what is no handshake.
@Suite("Handshakes")
struct HandshakeTests {
    /// One case: a request, what is configured, and the answer.
    struct Case: Sendable, CustomTestStringConvertible {
        let provider: String
        let trigger: String
        let config: [String: String]
        let expected: JSONValue?

        var testDescription: String { "\(provider): \(trigger)" }

        var keyring: Keyring {
            let secrets = ["consumer_secret"].compactMap { config[$0] }
            return Keyring(
                secrets: secrets.map { SigningSecret(keyID: "x", secret: SecretBytes(utf8: $0)) },
                credentials: config.mapValues { SecretBytes(utf8: $0) })
        }
    }

    static let cases: [Case] = {
        do {
            let file = try #require(
                Bundle.module.url(forResource: "handshakes", withExtension: "json", subdirectory: "Vectors"))
            return try #require(try JSONValue(parsing: Array(Data(contentsOf: file))).array).map { json in
                Case(
                    provider: try #require(json["provider"]?.string), trigger: try #require(json["trigger"]?.string),
                    config: Dictionary(
                        (json["config"]?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") },
                        uniquingKeysWith: { a, _ in a }),
                    expected: json["expect"].flatMap { $0 == .null ? nil : $0 })
            }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    static func get(_ query: String) -> Delivery {
        Delivery(
            requestID: "", receivedAt: noon, method: "GET", host: "www.testendpoint.com", path: "/webhook",
            query: query,
            headers: HeaderFields(), body: [])
    }

    @Test("A challenge by GET", arguments: cases.filter { $0.trigger.hasPrefix("GET ?") })
    func challenges(_ handshake: Case) throws {
        let provider = try #require(ProviderRegistry.named(handshake.provider))
        let request = Self.get(String(handshake.trigger.dropFirst(5)))
        let answer = try #require(provider.handshake(request, keyring: handshake.keyring))
        #expect(answer.status == 200)
        let body = String(decoding: answer.body, as: UTF8.self)
        let expected = try #require(handshake.expected?["body"]?.string)
        #expect(try body == expected || json(body) == json(expected))
        if let type = handshake.expected?["content_type"]?.string {
            #expect(answer.headers.first { $0.name == "content-type" }?.value.hasPrefix(type) == true)
        }
        #expect(provider.handshake(Self.get(""), keyring: handshake.keyring) == nil)
        // Without its secret nothing is revealed.
        let bare = provider.handshake(request, keyring: Keyring(secrets: []))
        #expect(bare.map { $0.status >= 400 } == true)
    }

    @Test("All four kinds of challenge by GET are among the cases")
    func complete() {
        #expect(
            Set(Self.cases.filter { $0.trigger.hasPrefix("GET ") }.map(\.provider)) == ["meta", "ebay", "twitter_x"])
        #expect(Self.cases.count >= 14)
    }

    @Test("Where no handshake is documented, a POST is none", arguments: cases.filter { $0.expected == nil })
    func none(_ handshake: Case) throws {
        let provider = try #require(ProviderRegistry.named(handshake.provider))
        #expect(provider.handshake(delivery(body: Array("{}".utf8)), keyring: ring) == nil)
    }

    @Test(
        "Meta: another token is refused, and the challenge never echoed",
        arguments: ["hub.verify_token=other&", "hub.verify_token=&", ""])
    func wrongToken(token: String) throws {
        let provider = try #require(ProviderRegistry.named("meta"))
        let keyring = Keyring(secrets: [], credentials: ["verify_token": SecretBytes(utf8: "meatyhamhock")])
        let request = Self.get("hub.mode=subscribe&\(token)hub.challenge=1158201444")
        for ring in [
            keyring, Keyring(secrets: []), Keyring(secrets: [], credentials: ["verify_token": SecretBytes(utf8: "")]),
        ] {
            let answer = try #require(provider.handshake(request, keyring: ring))
            #expect(answer.status == 403 && !String(decoding: answer.body, as: UTF8.self).contains("1158201444"))
        }
    }

    @Test("eBay: without a configured endpoint it is the address that was asked")
    func endpoint() throws {
        let provider = try #require(ProviderRegistry.named("ebay"))
        let handshake = try #require(Self.cases.first { $0.provider == "ebay" })
        var keyring = handshake.keyring
        let request = Self.get(String(handshake.trigger.dropFirst(5)))
        let configured = provider.handshake(request, keyring: keyring)
        keyring.credentials["endpoint"] = nil
        #expect(provider.handshake(request, keyring: keyring) == configured)
    }

    @Test(
        "Signed challenges",
        arguments: [
            (
                "slack", [],
                #"{"token":"J","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}"#,
                Answer.text(200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
            ),
            ("slack", [], #"{"type":"event_callback","challenge":"x"}"#, nil),
            ("discord", [], #"{"type":1,"id":"1","application_id":"2"}"#, .json(200, ["type": 1])),
            ("discord", [], #"{"type":0,"version":1}"#, Answer(status: 204)),
            ("discord", [], #"{"type":1,"version":1,"event":{"type":"APPLICATION_AUTHORIZED"}}"#, nil),
            ("discord", [], #"{"type":2,"id":"1"}"#, nil),
            (
                "twitch", [("Twitch-Eventsub-Message-Type", "webhook_callback_verification")],
                #"{"challenge":"pogchamp"}"#,
                .text(200, "pogchamp")
            ),
            // The header is not signed.
            (
                "twitch", [("Twitch-Eventsub-Message-Type", "notification")], #"{"challenge":"pogchamp"}"#,
                .text(200, "pogchamp")
            ),
            ("twitch", [], #"{"challenge":"p","subscription":{"type":"x"}}"#, .text(200, "p")),
            (
                "twitch", [("Twitch-Eventsub-Message-Type", "webhook_callback_verification")],
                #"{"challenge":"p","event":{}}"#, nil
            ),
            ("stripe", [], #"{"challenge":"x","type":"url_verification"}"#, nil),
            ("github", [("X-GitHub-Event", "ping")], #"{"zen":"Keep it simple.","hook_id":1}"#, Answer(status: 200)),
            // The header is not signed.
            (
                "github", [("X-GitHub-Event", "push")], "payload=%7B%22zen%22%3A%22x%22%2C%22hook_id%22%3A1%7D",
                Answer(status: 200)
            ),
            ("github", [("X-GitHub-Event", "ping")], #"{"ref":"refs/heads/main"}"#, nil),
        ] as [(String, [(String, String)], String, Answer?)])
    func signed(name: String, headers: [(String, String)], body: String, answer: Answer?) throws {
        let provider = try #require(ProviderRegistry.named(name))
        let received = delivery(headers.map { HeaderFields.Field(name: $0, value: $1) }, body: Array(body.utf8))
        #expect(provider.handshake(received, keyring: ring) == nil, "it must be verified first")
        #expect(
            try provider.challenge(provider.scheme.verify(received, keyring: ring, policy: .none, now: noon)) == answer)
    }
}
