import Crypto
import LocalStack
import Outbound
import Platform
import StackSuite
import StandIns
import Testing
import Transport

/// A stack of the real programs with the actions of the EverShop guide and of Shopify's privacy topics, against
/// stand-ins.
struct SlowWorkStack {
    let stack: LocalStack
    let standIns: StandIns
    let books: StackBooks
    let dataRequests: String

    private static let secret = "your-webhook-secret"

    /// Runs a body with a stack in a temporary folder, and ends all of it.
    /// - Parameters:
    ///   - debounce: for how long product events are gathered.
    ///   - abandonment: when the timer of a cart ends.
    static func run(debounce: String = "1s", abandonment: String = "12s", _ body: (SlowWorkStack) async throws -> Void)
        async throws
    {
        let standIns = try StandIns()
        let variables = """
            EVERSHOP_WEBHOOK_SECRET=\(secret)
            SHOPIFY_WEBHOOK_SECRET=\(secret)
            WEBHOOK_AUTO_SYNC_PRODUCTS=true
            COZE_API_TOKEN=test-token
            SLACK_URL=\(standIns.url)/slack/x
            """
        try await StackSuite.run(
            variables: variables,
            configuration: { configuration(standIns, $0 + "/data-requests", debounce, abandonment) }
        ) { stack in
            try await body(
                SlowWorkStack(
                    stack: stack, standIns: standIns, books: StackBooks(stack),
                    dataRequests: stack.folder.path + "/data-requests"))
        }
    }

    private static func configuration(
        _ standIns: StandIns, _ dataRequests: String, _ debounce: String, _ abandonment: String
    ) -> String {
        """
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          evershop: { providers: evershop, secrets: { env: EVERSHOP_WEBHOOK_SECRET } }
          shopify: { providers: shopify, secrets: { env: SHOPIFY_WEBHOOK_SECRET } }
        actions:
          kb:
            kind: knowledge_base
            token: { env: COZE_API_TOKEN }
            dataset: "7"
            base_url: "\(standIns.url)/coze"
            debounce: \(debounce)
          cart: { kind: cart_abandoned, after: \(abandonment), then: [remind] }
          remind: { kind: slack, url: { env: SLACK_URL }, text: "Cart of {payload.email}" }
          forget: { kind: redact }
          copy: { kind: data_request, folder: "\(dataRequests)" }
        rules:
          - { name: products, when: { type: { prefix: product. } }, do: [kb] }
          - { name: carts, when: { type: { in: [cart.updated, checkout.updated] } }, do: [cart] }
          - { name: erasure, when: { type: { in: [customer.redact, shop.redact] } }, do: [forget] }
          - { name: access, when: { type: customer.data_request }, do: [copy] }
        """
    }

    /// A delivery of the EverShop guide.
    func everShop(_ path: String, _ body: String) -> HTTPRequest {
        request("/api/webhooks/evershop/\(path)", body, ["x-evershop-signature": Hex.encode(code(body))])
    }

    /// A delivery of Shopify's.
    func shopify(_ topic: String, _ body: String) -> HTTPRequest {
        request(
            "/webhook/shopify", body,
            [
                "X-Shopify-Hmac-Sha256": Base64.encode(code(body)), "X-Shopify-Topic": topic,
                "X-Shopify-Shop-Domain": "example.myshopify.com",
            ])
    }

    private func code(_ body: String) -> [UInt8] {
        HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: Self.secret), Array(body.utf8))
    }

    private func request(_ path: String, _ body: String, _ headers: [String: String]) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: stack.state.plainURL + path,
            headers: [.init("Content-Type", "application/json")] + headers.map { .init($0.key, $0.value) },
            body: Array(body.utf8), totalTimeout: .seconds(10), repeatable: true)
    }

    /// Sends deliveries, several at a time, in their order or nearly so; all must be taken.
    func send(_ requests: [HTTPRequest]) async throws {
        try await onThread {
            let client = try HTTPClient(
                HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["127.0.0.1"]), maxInFlight: 16))
            var rest = requests[...]
            var taken = 0
            while taken < requests.count {
                while client.inFlight < 16, let next = rest.popFirst() { _ = client.start(next) }
                for end in client.poll(waiting: 20) {
                    try #require(try end.result.get().status == 200)
                    taken += 1
                }
            }
        }
    }

    /// Ends the timers of all carts.
    func endTimers() throws {
        _ = try books.lines("update jobs set run_at = now() where kind = 'cart_abandoned' and state = 0")
    }

    /// Waits until nothing is left to do but dead letters.
    func settle() async throws -> Bool {
        try await books.eventually("select count(*) from jobs where state <> 2", are: ["0"])
    }

    /// Ends the batch processor without warning, several times, each time when it is back.
    func killWorkers(times: Int) async throws {
        for _ in 0..<times {
            var isStruck = false
            for _ in 0..<600 where !isStruck {
                isStruck = try await Blow.killBatch.strike(stack, books)
                try await Task.sleep(for: .milliseconds(isStruck ? 700 : 100))
            }
            try #require(isStruck)
        }
    }
}
