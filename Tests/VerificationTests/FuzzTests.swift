import Testing
import Verification
import Webhooks

/// A small generator with a seed (SplitMix64), so that a failure can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Forged deliveries")
struct FuzzTests {
    private static let pieces = [
        "v1", "v1a", "s", "t", "v0", "sha256", "sha1", "=", ",", " ", ";", ".", ":", "1700000000", "-1", "Infinity",
        "é", "\u{301}", "\u{FFFD}",
        "AAAA", "====", String(repeating: "0", count: 64), String(repeating: "A", count: 43) + "=", "\t", "Bearer",
    ]

    private let ring = keyring("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", credentials: ["app_key": "abcdef"])

    /// A delivery that verifies, made by the scheme itself.
    private func genuine(_ scheme: Scheme) throws -> Delivery {
        let secret = try #require(ring.secrets.first)
        let signed = scheme.securityHeaders.filter { name in scheme.message.contains(.header(name)) }.map {
            (name: $0, value: "id-1")
        }
        var received = delivery(signed, body: #"{"data":{"order_id":"1"},"type":"order_created"}"#)
        let draft = Draft(url: received.url, headers: received.headers, body: received.body)
        for field in try scheme.sign(draft, secret: secret, credentials: ring.credentials, now: noon) {
            received.headers.append(name: field.name, value: field.value)
        }
        return received
    }

    @Test("No changed body verifies", arguments: Scheme.presets)
    func bodies(scheme: Scheme) throws {
        let received = try genuine(scheme)
        #expect(scheme.refusal(of: received, ring) == nil)
        var generator = SeededGenerator(state: 1)
        for _ in 0..<200 {
            var changed = received
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<changed.body.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed.body[place] &+= UInt8.random(in: 1...255, using: &generator)
                case 1: changed.body.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                default: changed.body.remove(at: place)
                }
            }
            if changed.body != received.body { #expect(scheme.refusal(of: changed, ring) == .noSecretMatched) }
        }
    }

    @Test("No made-up header verifies", arguments: Scheme.presets)
    func headers(scheme: Scheme) throws {
        let received = try genuine(scheme)
        var generator = SeededGenerator(state: 2)
        for _ in 0..<200 {
            let forged = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
                Self.pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let name = scheme.securityHeaders.filter { received.headers[$0] != nil }.randomElement(using: &generator)
            var changed = received
            changed.headers = HeaderFields(
                received.headers.fields.map { (name: $0.name, value: $0.name == name ? forged : $0.value) })
            if changed.headers != received.headers {
                #expect(scheme.refusal(of: changed, ring) != nil, "\(name ?? ""): \(forged)")
            }
        }
    }

    @Test(
        "A header of 160 KB is refused", arguments: ["v1,AAAA ", "v1=AAAA,", "s=,", ",", "= ", "\u{301}"])
    func long(unit: String) {
        let text = String(repeating: unit, count: 20_000)
        for scheme in [Scheme.standardWebhooks, .stripe, .tikTokDevelopers, .gitHub] {
            let names = scheme.securityHeaders.map { (name: $0, value: text) }
            #expect(scheme.refusal(of: delivery(names, body: "{}"), ring) != nil)
        }
    }
}
