import Crypto
import LocalStack
import Patience
import Platform
import StackSuite
import StandIns
import Testing

/// A stack of the real programs that does what the EverShop guide and the comment moderation guide ask for, with
/// stand-ins for what lies outside, and a sender with the guides' secrets.
struct GuideStack {
    let stack: LocalStack
    let standIns: StandIns
    let books: StackBooks
    private let curl: Curl

    /// A sender to that stack.
    init(stack: LocalStack, standIns: StandIns, books: StackBooks) {
        self.stack = stack
        self.standIns = standIns
        self.books = books
        curl = Curl(stack)
    }

    /// What the stand-ins and the guides know; the flags of the EverShop guide are on.
    private static let variables = """
        WEBHOOK_SECRET=your-webhook-secret
        EVERSHOP_WEBHOOK_SECRET=your-webhook-secret
        TIKTOK_ACCESS_TOKEN=test-token
        HOOK_SECRET=whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
        WEBHOOK_SEND_ORDER_CONFIRMATION=true
        WEBHOOK_SEND_WELCOME_MESSAGE=true

        """

    private static func configuration(_ standIns: StandIns) -> String {
        """
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          tiktok: { providers: tiktok_comments_guide, paths: [/webhook], secrets: { env: WEBHOOK_SECRET } }
          evershop: { providers: evershop, secrets: { env: EVERSHOP_WEBHOOK_SECRET } }
        actions:
          inbox: { kind: http, url: "\(standIns.url)/receiver/x", secret: { env: HOOK_SECRET }, timeout: 2s }
          tell: { kind: message_customer, through: inbox, backoff: 100ms }
          moderate:
            kind: moderate_comment
            api: guide
            base_url: "\(standIns.url)/guide"
            access_token: { env: TIKTOK_ACCESS_TOKEN }
            timeout: 2s
            backoff: 100ms
        rules:
          - name: tell
            when: { source: evershop, type: [order.created, order.updated, order.cancelled, customer.created] }
            do: [tell]
          - { name: moderate, when: { type: comment.created }, do: [moderate] }
        """
    }

    /// Runs a body with such a stack in a temporary folder, and ends all of it.
    static func run(batchInterval: Int = 2, _ body: (GuideStack) async throws -> Void) async throws {
        let standIns = try StandIns()
        try await StackSuite.run(
            variables: variables, batchInterval: batchInterval, configuration: { _ in configuration(standIns) }
        ) { stack in
            try await body(GuideStack(stack: stack, standIns: standIns, books: StackBooks(stack)))
        }
    }

    /// A delivery of one of the guides, signed.
    /// - Parameter more: further header lines.
    /// - Returns: the status.
    func send(_ delivery: GuideDelivery, more: [String] = []) throws -> Int {
        let code = Hex.encode(
            HMAC.authenticationCode(
                .sha256, key: SecretBytes(utf8: "your-webhook-secret"), parts: [Array(delivery.body.utf8)]))
        return try curl.get(
            stack.state.url + delivery.path,
            [
                "-H", "Content-Type: application/json", "-H", "\(delivery.header): \(code)", "--data-raw",
                delivery.body,
            ] + more.flatMap { ["-H", $0] }
        ).status
    }

    /// Whether, within a while, every job is over. Leases of a minute that are not of the last seconds are those of
    /// killed workers, and end here.
    func allJobsEnd() throws -> Bool {
        try eventually {
            if try books.count("select count(*) from jobs") == 0 { return true }
            _ = try books.lines(
                """
                update jobs set lease_until = now() - interval '1 s'
                where state = 1 and lease_until < now() + interval '55 s'
                """)
            return false
        }
    }
}

/// An example of one of the guides.
struct GuideDelivery: Hashable {
    let path: String
    let header: String
    let body: String

    /// Of the EverShop guide: `event` at `/api/webhooks/evershop/<kind>`.
    static func everShop(_ event: String, at second: Int, _ data: String) -> GuideDelivery {
        let kind = event.prefix { $0 != "." }
        return GuideDelivery(
            path: "/api/webhooks/evershop/\(kind)", header: "x-evershop-signature",
            body: #"{"event":"\#(event)","timestamp":"2025-10-28T12:00:0\#(second)Z","data":{\#(data)}}"#)
    }

    /// Of the comment moderation guide.
    static func comment(_ type: String, _ id: String, _ text: String) -> GuideDelivery {
        GuideDelivery(
            path: "/webhook", header: "X-TikTok-Signature",
            body: """
                {"type": "\(type)", "comment_id": "\(id)", "video_id": "video_id_here", "text": "\(text)", \
                "user_id": "user_id_here", "username": "@username", "created_at": 1234567890}
                """)
    }
}
