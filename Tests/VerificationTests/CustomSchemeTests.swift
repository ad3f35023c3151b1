import Crypto
import JSON
import Testing
import Verification
import Webhooks

@Suite("Schemes of the configuration file")
struct CustomSchemeTests {
    func scheme(_ json: String) throws -> Scheme {
        try Scheme(describing: try JSONValue(parsing: Array(json.utf8)), name: "x")
    }

    func problems(_ json: String) throws -> [String] {
        do {
            _ = try scheme(json)
            return []
        } catch let errors as SchemeErrors {
            return errors.problems.map(\.description)
        }
    }

    static let described: [(String, Scheme)] = [
        (#"{"header":"X-Hub-Signature-256","prefix":"sha256="}"#, .gitHub),
        (#"{"header":["x-shopify-hmac-sha256","shopify-hmac-sha256"],"encoding":"base64"}"#, .shopify),
        (
            #"""
            {"header":"stripe-signature","format":{"pairs":"v1"},"timestamp":{"pair":"t"},
             "message":["timestamp",".","body"]}
            """#, .stripe
        ),
        (
            #"""
            {"header":"x-slack-signature","prefix":"v0=","timestamp":{"header":"X-Slack-Request-Timestamp"},
             "message":[{"literal":"v0:"},"timestamp",":","body"]}
            """#, .slack
        ),
        (
            #"""
            {"header":"webhook-signature","format":{"versions":"v1"},"key":"base64","key_prefix":"whsec_",
             "encoding":"base64","timestamp":{"header":"webhook-timestamp"},
             "message":[{"header":"Webhook-Id"},".","timestamp",".","body"]}
            """#, .etsy
        ),
        (#"{"header":"authorization","message":[{"credential":"app_key"},"body"]}"#, .tikTokShop),
        (
            #"""
            {"header":"twitch-eventsub-message-signature","prefix":"sha256=","timestamp_unit":"rfc3339",
             "timestamp":{"header":"twitch-eventsub-message-timestamp"},"tolerance":600,
             "message":[{"header":"twitch-eventsub-message-id"},"timestamp","body"]}
            """#, .twitch
        ),
        (#"{"header":"x-square-hmacsha256-signature","encoding":"base64","message":["url","body"]}"#, .square),
        (#"{"header":"x-signature-sha256","encoding":"base64","algorithm":"rsa-sha256"}"#, .wise),
        (#"{"header":"x-api-key","algorithm":"shared-secret","encoding":"text"}"#, .apiKey),
        (
            #"""
            {"header":"authorization","algorithm":"shared-secret","encoding":"base64","prefix":"Basic ",
             "message":[{"credential":"username"},":"]}
            """#, .basicAuth
        ),
    ]

    @Test("What presets are can be described, but for their names", arguments: described)
    func presets(json: String, preset: Scheme) throws {
        var described = try scheme(json)
        described.name = preset.name
        #expect(described == preset)
    }

    @Test("Recipes of other senders verify what they sign")
    func recipes() throws {
        for json in [
            #"{"header":"x-authorize","digest":"sha512","key":"hex","prefix":"sha512=","prefix_optional":true}"#,
            #"{"header":"zd","encoding":"base64","timestamp":{"header":"zt"},"message":["timestamp","body"]}"#,
            #"{"header":"s","format":{"pairs":"h1"},"separator":";","timestamp":{"pair":"ts"},"message":["timestamp",":","body"]}"#,
            #"{"header":"r","format":{"positions":1},"timestamp":{"position":0},"message":["timestamp",".","body"]}"#,
            #"{"header":"v","format":"list","digest":"sha1","encoding":"base64url","message":["method","url","body"]}"#,
            #"{"query":"token","algorithm":"shared-secret","encoding":"text"}"#,
            #"{"json_field":"sig","message":[{"json_field":"data.0.id"},"|",{"literal":"x"}]}"#,
        ] {
            let scheme = try scheme(json)
            let key = secret("00112233445566778899aabbccddeeff")
            let signed = try scheme.signed(
                Draft(url: "https://shop.example/hook?a=1", body: Array(#"{"data":[{"id":7}]}"#.utf8)), secret: key,
                now: noon)
            var received = delivery(signed.headers, body: signed.body)
            received.query = String(signed.url.drop { $0 != "?" }.dropFirst())
            #expect(scheme.refusal(of: received, Keyring(secrets: [key])) == nil, "\(json)")
            #expect(scheme.refusal(of: received, keyring("another")) != nil, "\(json)")
        }
    }

    @Test("Every mistake is reported at once, with its place")
    func mistakes() throws {
        let found = try problems(
            #"{"header":"a b","mesage":[],"digest":"md5","encoding":"hexa","key":"rot13","separator":"::","#
                + #""timestamp":{"header":"t","pair":"t"},"tolerance":"soon"}"#)
        for beginning in [
            "header ", "mesage ", "digest ", "encoding ", "key ", "separator ", "timestamp ", "tolerance ",
        ] {
            #expect(found.contains { $0.hasPrefix(beginning) }, "\(beginning)")
        }
    }

    @Test(
        "What would prove nothing, or makes no sense, is refused",
        arguments: [
            ("{}", "exactly one of"), (#"{"header":"a","query":"b"}"#, "exactly one of"), ("[]", "section"),
            (#"{"header":"a","message":["url"]}"#, "anybody could change the body"),
            (#"{"header":"a","message":["timestamp","body"]}"#, "name its place with `timestamp`"),
            (#"{"header":"a","timestamp":{"header":"t"}}"#, "not part of the message"),
            (#"{"header":"a","timestamp":{"header":"t"},"message":["body"]}"#, "not part of the message"),
            (#"{"header":"a","message":["bdy"]}"#, "message.0 must be one of"),
            (#"{"header":"a","message":[]}"#, "list of parts"), (#"{"header":"a","message":"body"}"#, "list of parts"),
            (#"{"header":"a","message":[{"header":"x","literal":"y"},"body"]}"#, "exactly one of"),
            (#"{"header":"a","timestamp":{"pair":"t"},"message":["timestamp","body"]}"#, "needs format"),
            (#"{"header":"a","timestamp":{"position":0},"message":["timestamp","body"]}"#, "needs format"),
            (#"{"header":"a","format":{"positions":-1}}"#, "position from 0"), (#"{"header":[]}"#, "at least one"),
            (#"{"header":"a","algorithm":"rsa-sha256","key":"hex"}"#, "no effect"),
            (#"{"header":"a","algorithm":"rsa-sha256","digest":"sha1"}"#, "hmac only"),
            (#"{"header":"a","algorithm":"shared-secret","message":["body"]}"#, "this algorithm signs nothing"),
            (#"{"header":"a","key_prefix":"whsec_"}"#, "base64 only"),
            (#"{"header":"a","tolerance":5}"#, "needs a timestamp"),
            (#"{"header":"a","prefix_optional":true}"#, "needs a prefix"), (#"{"header":""}"#, "not empty"),
            (#"{"header":{"a":1}}"#, "single value"), (#"{"header":"a","format":"cvs"}"#, "must be plain"),
        ])
    func refused(json: String, words: String) throws {
        let found = try problems(json)
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }
}
