import Crypto
import Forgery
import JSON
import Testing
import Verification
import Webhooks

@Suite("What a signature covers")
struct SignedMessageTests {
    func signed(_ genuine: GenuineDelivery, body: [UInt8]? = nil) throws -> SignedMessage? {
        var sent = genuine.delivery
        if let body { sent.body = body }
        return try genuine.scheme.verify(sent, keyring: genuine.keyring, now: GenuineDelivery.now).signed
    }

    @Test("It is the hash of the message, in every scheme that signs")
    func digests() throws {
        for scheme in Scheme.presets {
            let genuine = try GenuineDelivery(scheme)
            let message = try signed(genuine)
            #expect(message?.digest.count == (scheme.algorithm == .sharedSecret ? nil : 32), "\(scheme.name)")
            #expect(message.map(\.isForm) ?? false == (scheme.name == "twilio"), "\(scheme.name)")
            if scheme.message == [.body] { #expect(message?.digest == Digest.sha256.hash(genuine.delivery.body)) }
            let unverified = try scheme.verify(
                genuine.delivery, keyring: genuine.keyring, policy: .none, now: GenuineDelivery.now)
            #expect(unverified.signed == nil)
        }
    }

    @Test("Twilio: the same, however the form is cut up; a body under its digest is no form")
    func twilio() throws {
        let genuine = try GenuineDelivery(.twilio)
        let digest = try signed(genuine)?.digest
        for body in [
            "To=%2B18005551212&From=%2B14158675309&Digits=12+34", "Digits12+34From%2B14158675309To%2B18005551212",
            "Digits=12+34From%2B14158675309&To=%2B18005551212&Digits=12+34From%2B14158675309",
        ] {
            #expect(try signed(genuine, body: Array(body.utf8))?.digest == digest)
        }
        var sent = delivery([], body: "{}")
        sent.query = "bodySHA256=" + Hex.encode(Digest.sha256.hash(sent.body))
        let made = try Scheme.twilio.sign(Draft(url: sent.url, body: sent.body), secret: secret("t"), now: noon)
        sent.headers = HeaderFields(made.map { ($0.name, $0.value) })
        #expect(try Scheme.twilio.verify(sent, keyring: keyring("t"), now: noon).signed?.isForm == false)
    }

    @Test("Adyen: the same in any order and writing; an item that comes twice is refused")
    func adyen() throws {
        let genuine = try GenuineDelivery(.adyen)
        let json = try JSONValue(parsing: genuine.delivery.body)
        let items = try #require(json["notificationItems"]?.array)
        func body(_ items: [JSONValue]) -> [UInt8] {
            var changed = json
            _ = changed.set(.array(items), at: ["notificationItems"])
            return changed.serialized()
        }
        let digest = try signed(genuine)?.digest
        #expect(try signed(genuine, body: body(items.reversed()))?.digest == digest)
        #expect(try signed(genuine, body: body([items[0]]))?.digest != digest)
        let text = String(decoding: genuine.delivery.body, as: UTF8.self)
        for (old, new) in [(#""success":"true""#, #""success":true"#), ("1130", #""1130""#)] {
            #expect(
                try text.contains(old)
                    && signed(genuine, body: Array(text.replacing(old, with: new).utf8))?.digest == digest)
        }
        var sent = genuine.delivery
        sent.body = body(items + [items[0]])
        #expect(Scheme.adyen.refusal(of: sent, genuine.keyring) == .invalidPayload)
    }
}
