import Forgery
import Testing
import Verification
import Webhooks

/// A few of the forgeries of `make fuzz`.
@Suite("Forged deliveries")
struct FuzzTests {
    @Test("None verifies", arguments: Scheme.presets)
    func forgeries(scheme: Scheme) throws {
        let outcome = try ForgeryRun(scheme, seed: 1).run(500)
        #expect(outcome.accepted == [])
        #expect(outcome.refused > 200)
    }

    @Test("What says the same is distinguished from what does not")
    func meaning() throws {
        let genuine = try GenuineDelivery(.gitHub)
        #expect(genuine.saysTheSame(genuine.delivery))
        var changed = genuine.delivery
        changed.body.append(0x0A)
        #expect(!genuine.saysTheSame(changed))
        let form = try GenuineDelivery(.twilio)
        changed = form.delivery
        changed.body = Array("To=%2b18005551212&Digits=12%2034&From=%2B14158675309&To=%2B18005551212".utf8)
        #expect(form.saysTheSame(changed))
        changed.query = "a=2"
        #expect(!form.saysTheSame(changed))
    }

    @Test(
        "Four times as long is not sixteen times the work",
        arguments: [Scheme.standardWebhooks, .twilio, .amazonSNS, .adyen, .tikTokShop])
    func growth(scheme: Scheme) throws {
        #expect(try GrowthCheck(scheme).worstFactor() < 12)
    }
}
