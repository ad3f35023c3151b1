import LocalStack
import Platform
import StackSuite
import StandIns
import Testing

/// A source whose secret is empty or cannot be decoded, beside one that is well.
@Suite(.place) struct MissingSecretTests {
    private static func configuration(_ standIns: StandIns) -> String {
        """
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          tiktok: { providers: tiktok_comments_guide, paths: [/webhook], secrets: { env: WEBHOOK_SECRET } }
          blank: { providers: tiktok_comments_guide, paths: [/webhook/blank], secrets: { env: BLANK } }
          garbled: { providers: standard_webhooks, paths: [/webhook/garbled], secrets: { env: GARBLED } }
        actions:
          ops: { kind: http, url: "\(standIns.url)/receiver/x", secret: { env: HOOK_SECRET }, alerts: true }
        """
    }

    private static let variables = """
        WEBHOOK_SECRET=your-webhook-secret
        BLANK=
        GARBLED=whsec_*
        HOOK_SECRET=whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=

        """

    @Test func itAnswers503PeopleAreNotifiedAndTheOtherIsServed() async throws {
        let standIns = try StandIns()
        try await StackSuite.run(
            variables: Self.variables, configuration: { _ in Self.configuration(standIns) }
        ) { (stack: LocalStack) async throws in
            let books = StackBooks(stack)
            let guide = GuideStack(stack: stack, standIns: standIns, books: books)
            #expect(try guide.send(.comment("comment.created", "1", "hello there")) == 200)
            let signature = "webhook-signature: v1,K4qJ1uQFZ7kY0m3sXr0pQx0rC0qkqzq5aQ9nq1s2v3E="
            for (path, more) in [
                ("blank", []), ("garbled", ["webhook-id: 1", "webhook-timestamp: \(Shop.now)", signature]),
            ] {
                let delivery = GuideDelivery(path: "/webhook/\(path)", header: "X-TikTok-Signature", body: "{}")
                #expect(try guide.send(delivery, more: more) == 503)
            }
            // One message, or two when a look falls between them.
            let topics = "select topic from alerts where topic like 'no_secret:%' order by 1"
            #expect(
                try await books.eventually(topics, are: ["no_secret:blank", "no_secret:garbled"]))
            let told = "select count(*) > 0 from effects where action = 'ops' and state = 'done'"
            #expect(try await books.eventually(told, are: ["t"]))
            #expect(try !standIns.effects("receiver").isEmpty)
        }
    }
}
