import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("What makes two deliveries the same event")
struct DedupeTests {
    @Test(
        "An id that is signed, whatever else the bodies say",
        arguments: [
            ("stripe", [], #"{"id":"ID","n":N}"#), ("slack", [], #"{"event_id":"ID","n":N}"#),
            ("square", [], #"{"event_id":"ID","n":N}"#), ("printify", [], #"{"id":"ID","n":N}"#),
            ("paypal", [], #"{"id":"ID","n":N}"#), ("paypal", [], #"{"id":"ID","event_type":"A","n":N}"#),
            ("ebay", [], #"{"notification":{"notificationId":"ID"},"n":N}"#),
            ("aws_sns", [], #"{"MessageId":"ID","n":N}"#), ("discord", [], #"{"id":"ID","n":N}"#),
            ("bigcommerce", [], #"{"hash":"ID","n":N}"#), ("bigcommerce", [], #"{"hash":"ID","scope":"a","n":N}"#),
            ("slack", [], #"{"trigger_id":"ID","n":N}"#),
            (
                "adyen", [],
                #"{"n":N,"notificationItems":[{"NotificationRequestItem":{"pspReference":"ID","eventCode":"A","success":"true"}}]}"#
            ),
            ("standard_webhooks", ["webhook-id"], #"{"n":N}"#), ("standard_webhooks_v1a", ["webhook-id"], #"{"n":N}"#),
            ("etsy", ["webhook-id"], #"{"n":N}"#), ("twitch", ["twitch-eventsub-message-id"], #"{"n":N}"#),
        ])
    func byID(provider: String, headers: [String], template: String) throws {
        func key(_ id: String, _ n: Int) throws -> DedupeKey {
            let body = template.replacing("ID", with: id).replacing("N}", with: "\(n)}").replacing("N,", with: "\(n),")
            return try read(body, by: provider, headers.map { ($0, id) }).dedupeKey
        }
        #expect(try key("a", 1) == key("a", 2))
        #expect(try key("a", 1) != key("b", 1))
        #expect(try key("a", 1).windowSeconds == nil)
    }

    @Test(
        "Only a signed id counts: neither spelling of the headers lets the other's be added", arguments: ["", "_v1a"])
    func addedID(version: String) throws {
        func event(_ headers: [(String, String)]) throws -> Event {
            try read(#"{"n":1}"#, by: "standard_webhooks" + version, headers)
        }
        for (mine, other) in [("svix", "webhook"), ("webhook", "svix")] {
            let own = [("\(mine)-id", "m1"), ("\(mine)-timestamp", "1674087231"), ("\(mine)-signature", "v1,x")]
            let event1 = try event(own)
            #expect(try event1.dedupeKey == event([("\(mine)-id", "m1")] + own.dropFirst()).dedupeKey)
            #expect(try event1.dedupeKey != event([("\(mine)-id", "m2")] + own.dropFirst()).dedupeKey)
            #expect(event1.occurredAt == Timestamp(seconds: 1_674_087_231))
            let added = try event(own + [("\(other)-id", "fresh"), ("\(other)-timestamp", "1674087999")])
            #expect(added.dedupeKey == event1.dedupeKey && added.occurredAt == event1.occurredAt, "\(mine)")
        }
    }

    @Test("A delivery of TikTok's is the same whichever of its two programmes the unsigned header names")
    func tikTokApps() throws {
        let body = #"{"event":"x","create_time":5}"#
        #expect(
            try read(body, by: "tiktok_developers").dedupeKey == read(body, by: "tiktok_business").dedupeKey)
    }

    @Test(
        "The body, without limit when it tells its own time and for the window when it does not",
        arguments: [
            ("meta", #"{"object":"page","entry":[{"time":1}]}"#, #"{"object":"page"}"#),
            ("shippo", #"{"data":{"object_updated":"2023-01-01T00:00:00Z"}}"#, "{}"),
            ("twitter_x", #"{"a_events":[{"created_timestamp":"5"}]}"#, "{}"),
            ("wise", #"{"data":{"occurred_at":"2023-01-01T00:00:00Z"}}"#, "{}"),
            ("tiktok_developers", #"{"event":"x","create_time":5}"#, #"{"event":"x"}"#),
            ("tiktok_business", #"{"event":"x","create_time":5}"#, #"{"event":"x"}"#),
            ("tiktok_comments_guide", #"{"type":"x","created_at":5}"#, #"{"type":"x"}"#),
            ("evershop", #"{"event":"x","timestamp":"2025-10-28T12:00:00Z"}"#, #"{"event":"x"}"#),
        ])
    func byBody(provider: String, timed: String, timeless: String) throws {
        #expect(try read(timed, by: provider, window: 7).dedupeKey.windowSeconds == nil)
        #expect(try read(timeless, by: provider, window: 7).dedupeKey.windowSeconds == 7)
        #expect(try read(timed, by: provider).dedupeKey == read(timed, by: provider).dedupeKey)
        #expect(try read(timed, by: provider).dedupeKey != read(timed + " ", by: provider).dedupeKey)
    }

    @Test("One id of PayPal's or BigCommerce's can be of two types")
    func idsOfTwoTypes() throws {
        for (provider, template) in [
            ("paypal", #"{"id":"1","event_type":"TYPE"}"#), ("bigcommerce", #"{"hash":"1","scope":"TYPE"}"#),
        ] {
            let keys = try ["a", "b"].map { try read(template.replacing("TYPE", with: $0), by: provider).dedupeKey }
            #expect(keys[0] != keys[1], "\(provider)")
        }
    }

    @Test("GitHub: the event's name counts where the body confirms it; a delivery's id is kept")
    func gitHub() throws {
        func event(_ body: String, _ name: String, _ id: String = "1") throws -> Event {
            try read(body, by: "github", [("x-github-event", name), ("x-github-delivery", id)], window: 7)
        }
        let star =
            #"{"action":"created","starred_at":null,"repository":{"id":1},"sender":{"id":2},"installation":{"id":3}}"#
        let comment =
            #"{"action":"created","issue":{},"comment":{"updated_at":"2022-01-01T00:00:00Z"},"organization":{}}"#
        #expect(try event(star, "star").dedupeKey == event(star, "star", "2").dedupeKey)
        #expect(try event(star, "star").deliveryID == "1")
        // A membership can be given, taken and given again; a comment tells its time.
        #expect(try event(star, "star").dedupeKey.windowSeconds == 7)
        #expect(try event(comment, "issue_comment").dedupeKey.windowSeconds == nil)
        // A captured body under another name does not make the genuine one a repetition, and runs nothing of that name.
        for (body, own, others) in [
            (star, "star", ["push", "issues", "create", "ping"]),
            (comment, "issue_comment", ["issues", "commit_comment", "push", "organization", "discussion_comment"]),
        ] {
            for other in others {
                let forged = try event(body, other)
                #expect(try forged.dedupeKey != event(body, own).dedupeKey, "\(other)")
                #expect(forged.type == "unrecognized" && forged.providerType == "unrecognized", "\(other)")
                #expect(forged.claimedType?.hasPrefix(other) == true && forged.reason?.contains(own) == true)
            }
            #expect(try Set(others.map { try event(body, $0).dedupeKey }).count == 1)
            #expect(try event(body, own).type == own + ".created")
        }
        // Of an event whose marks are unknown, and of a body without any, the header is believed, and is no part of the key.
        #expect(try event(#"{"a":1}"#, "push").dedupeKey == event(#"{"a":1}"#, "create").dedupeKey)
        #expect(try event(#"{"action":"created","planet":{}}"#, "planets").type == "planets.created")
    }

    @Test("Twilio: the id and the state together")
    func twilio() throws {
        func key(_ body: String) throws -> DedupeKey {
            try read(body, by: "twilio", [("content-type", "application/x-www-form-urlencoded")]).dedupeKey
        }
        #expect(try key("MessageSid=S&MessageStatus=sent&A=1") == key("MessageSid=S&MessageStatus=sent&A=2"))
        #expect(try key("MessageSid=S&MessageStatus=sent") != key("MessageSid=S&MessageStatus=delivered"))
    }

    @Test("Adyen: all items of a batch count")
    func adyen() throws {
        func item(_ id: String) -> String {
            #"{"NotificationRequestItem":{"pspReference":"\#(id)","eventCode":"A","success":"true"}}"#
        }
        func key(_ items: String...) throws -> DedupeKey {
            try read(#"{"notificationItems":[\#(items.map(item).joined(separator: ","))]}"#, by: "adyen").dedupeKey
        }
        #expect(try key("1", "2") == key("1", "2"))
        #expect(try key("1", "2") != key("1") && key("1", "2") != key("1", "3"))
        let many = (0..<100).map { "8825408195409505\($0)" }
        #expect(try key(many[0]) != key(many[1]))
    }

    @Test(
        "A sender of which nothing is known has no clock, and its keys count for the window",
        arguments: ["generic_hmac_sha1_hex", "rfc9421_ed25519", "basic_auth", "api_key"])
    func custom(provider: String) throws {
        let event = try read(#"{"type":"a","timestamp":1614556800,"id":"7"}"#, by: provider, window: 7)
        #expect(event.occurredAt == nil && event.dedupeKey.windowSeconds == 7)
    }

    @Test("Of a sender of RFC 9421, a covered header that the configuration names is the key, and no other")
    func coveredID() throws {
        var scheme = try #require(Scheme.named("rfc9421_hmac_sha256"))
        scheme.rule?.components.append("webhook-id")
        scheme.rule?.id = "webhook-id"
        let provider = EnvelopeProvider.custom(scheme)
        func key(_ body: String, _ headers: [(String, String)]) throws -> DedupeKey {
            let verified = try Scheme.gitHub.verify(
                delivery(headers.map { .init(name: $0.0, value: $0.1) }, body: Array(body.utf8)),
                keyring: Keyring(secrets: []), policy: .none, now: Timestamp(microseconds: 0))
            return try provider.normalize(verified, window: 600).dedupeKey
        }
        let other = [("webhook-id", "a"), ("idempotency-key", "b")]
        #expect(try key("{}", [("webhook-id", "a")]) == key(#"{"n":1}"#, other))
        #expect(try key("{}", [("webhook-id", "a")]) != key("{}", [("webhook-id", "b")]))
        #expect(try key("{}", [("webhook-id", "a")]).windowSeconds == nil)
        #expect(try key("{}", [("idempotency-key", "a")]).windowSeconds == 600)
    }

    @Test("Keys of different providers never meet, but for those of one family")
    func apart() throws {
        let others = ProviderRegistry.all.filter { !["roms", "tiktok_business"].contains($0.name) }
        let families = try Dictionary(grouping: others) { try read("{}", by: $0.name).dedupeKey.bytes }.values
            .map { Set($0.map(\.family)) }
        #expect(families.allSatisfy { $0.count == 1 } && families.count == Set(others.map(\.family)).count)
    }
}
