import Crypto
import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import StandIns
import Testing

/// `make attack`: what a stranger, a neighbour or a curious reader may try, against a running stack. Each attack counts what
/// it tried and what got through; the sums are printed at the end.
///
/// A new attack is a file with an extension of this suite: a test that calls ``attack(_:_:)``.
@Suite(.serialized, .attacked) struct Attacks: StackUser {
    let stack: LocalStack
    let shop: Shop
    /// Where the stack's messages go.
    let standIns: StandIns

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
        standIns = try #require(AttackTrait.standIns)
    }

    /// Posts a body as Shopify signs it, under a topic and in the name of a shop, neither of which it signs.
    func shopify(_ topic: String, _ body: String, from domain: String = "mine.example") throws -> Answer {
        try signed(
            "/webhook/shopify", body, "SHOPIFY_WEBHOOK_SECRET", "X-Shopify-Hmac-Sha256",
            [("X-Shopify-Topic", topic), ("X-Shopify-Shop-Domain", domain)])
    }

    /// The same for WooCommerce.
    func wooCommerce(_ topic: String, _ body: String) throws -> Answer {
        try signed(
            "/webhook/woocommerce", body, "WOOCOMMERCE_WEBHOOK_SECRET", "X-WC-Webhook-Signature",
            [("X-WC-Webhook-Topic", topic), ("X-WC-Webhook-Source", "https://mine.example/")])
    }

    /// The same for GitHub, with the delivery's id, which is not signed either.
    func gitHub(_ event: String, _ delivery: String, _ body: String) throws -> Answer {
        let key = SecretBytes(utf8: try #require(stack.secret("GITHUB_WEBHOOK_SECRET")))
        let code = Hex.encode(HMAC.authenticationCode(.sha256, key: key, Array(body.utf8)))
        return try shop.post(
            body,
            [
                ("X-Hub-Signature-256", "sha256=" + code), ("X-GitHub-Event", event), ("X-GitHub-Delivery", delivery),
            ], to: stack.state.url + "/webhook/github")
    }

    /// A body of the source `open`, which takes unsigned ones, too.
    /// - Parameter peer: a loopback address; what is unsigned is bounded by peer.
    func open(_ body: String, isSigned: Bool, from peer: String = "127.0.0.1") throws -> Int {
        let code = HMAC.authenticationCode(.sha256, key: SecretBytes(utf8: "\(Self.word)-5"), Array(body.utf8))
        return try shop.post(
            body, isSigned ? [("X-Webhook-Signature", Hex.encode(code))] : [], to: stack.state.url + "/webhook/open",
            ["--interface", peer]
        ).status
    }

    /// Waits until nothing is left to do but dead letters.
    func settle() async throws {
        let unfinished = "select count(*) from jobs where state <> 2"
        #expect(try await books.eventually(unfinished, are: ["0"]))
    }

    private func signed(
        _ path: String, _ body: String, _ secret: String, _ header: String, _ more: [(name: String, value: String)]
    ) throws -> Answer {
        let key = SecretBytes(utf8: try #require(stack.secret(secret), "\(secret)"))
        let code = Base64.encode(HMAC.authenticationCode(.sha256, key: key, Array(body.utf8)))
        return try shop.post(body, [(header, code)] + more, to: stack.state.url + path)
    }

    /// Runs one attack and adds it to the tally; what got through is a failure of the test.
    /// - Parameter part: what it is about: 1 persons, 2 bodies, 3 what nobody signed, 4 roles and secrets, 5 the cost
    ///   of refusing, 6 escaping and tools.
    func attack(_ part: Int, _ name: String, _ body: (AttackCount) async throws -> Void) async throws {
        let count = AttackCount()
        do {
            try await body(count)
        } catch {
            AttackTally.shared.add(part, name, tried: count.tried, through: count.through + ["it broke off: \(error)"])
            throw error
        }
        AttackTally.shared.add(part, name, tried: count.tried, through: count.through)
        #expect(count.tried > 0, "\(name) tried nothing")
        #expect(count.through == [], "\(name)")
    }

    /// A word that the configuration knows as a secret, and that must be found nowhere else.
    static let word = "hunter-two-2-hunter-two-2"

    /// Beside the sources of a developer's stack, those whose senders show a password.
    static let configuration = """
        spool: spool
        actions:
          tell: { kind: slack, url: { env: ATTACK_SLACK_URL }, text: "{order.id} of {order.customer_name} at {order.email}" }
        rules:
          - { name: orders, when: { source: open, order.email: { exists: true } }, do: [tell], once: event }
        \(StackYAML.tikTokShop)
          by-header: { providers: custom, paths: /webhook/by-header, on_store_failure: spool, secrets: { env: WORD },
            scheme: { header: X-Shop-Token, algorithm: shared-secret, encoding: text } }
          by-query: { providers: custom, paths: /webhook/by-query, on_store_failure: spool, secrets: { env: WORD2 },
            scheme: { query: token, algorithm: shared-secret, encoding: text } }
          by-field: { providers: custom, paths: /webhook/by-field, on_store_failure: spool, secrets: { env: WORD3 },
            scheme: { json_field: auth.token, algorithm: shared-secret, encoding: text } }
          api-key: { providers: api_key, on_store_failure: spool, secrets: { env: WORD4 } }
          basic: { providers: basic_auth, credentials: { username: { env: TIKTOK_APP_KEY } }, on_store_failure: spool,
            secrets: { env: WORD5 } }
          twilio: { providers: twilio, secrets: { env: TWILIO_WEBHOOK_SECRET } }
          adyen: { providers: adyen, secrets: { env: ADYEN_WEBHOOK_SECRET } }
          github: { providers: github, secrets: { env: GITHUB_WEBHOOK_SECRET } }
          twitch: { providers: twitch, secrets: { env: WORD8 } }
          shopify: { providers: shopify, secrets: { env: SHOPIFY_WEBHOOK_SECRET } }
          woocommerce: { providers: woocommerce, secrets: { env: WOOCOMMERCE_WEBHOOK_SECRET }, shops: any }
          open: { providers: roms, paths: /webhook/open, secrets: { env: WORD6 }, verification: optional,
            unsigned: { body_limit: 65536, per_minute: 60 } }
          signed: { providers: rfc9421_hmac_sha256, paths: [/webhook/signed, /webhook/other], secrets: { env: WORD9 } }
          closed: { providers: roms, paths: /webhook/closed, secrets: { env: WORD7 }, verification: required }

        """

    /// The passwords of those sources, for hookledger.env.
    static let environment = (["WORD"] + (2...9).map { "WORD\($0)" }).enumerated().map { "\($1)=\(word)-\($0)\n" }
        .joined()
}

/// What one attack has tried.
final class AttackCount {
    private(set) var tried = 0
    private(set) var through: [String] = []

    /// Counts a try; `gotThrough` is what it reached, nil when it was held.
    func note(_ gotThrough: String?) {
        tried += 1
        if let gotThrough { through.append(gotThrough) }
    }

    /// Counts a try that is held when something is true.
    func expect(_ isHeld: Bool, _ what: @autoclosure () -> String) { note(isHeld ? nil : what()) }
}

/// The sums over all attacks of a run.
final class AttackTally: Sendable {
    static let shared = AttackTally()
    private let lines = Monitor<[(part: Int, name: String, tried: Int, through: [String])]>([])

    func add(_ part: Int, _ name: String, tried: Int, through: [String]) {
        lines.withLock { $0.append((part, name, tried, through)) }
    }

    func say() {
        let lines = lines.withLock { $0 }.sorted { $0.part < $1.part }
        for line in lines {
            StandardError.write(
                "attack: part \(line.part): \(line.name): \(line.tried) tried, \(line.through.count) got through")
            for what in line.through { StandardError.write("attack:   \(what)") }
        }
        for part in Set(lines.map(\.part)).sorted() {
            let (tried, through) = Self.sum(lines.filter { $0.part == part })
            StandardError.write("attack: part \(part): \(tried) tried, \(through) got through")
        }
        let (tried, through) = Self.sum(lines)
        StandardError.write("attack: \(tried) tried, \(through) got through")
    }

    private static func sum(_ lines: [(part: Int, name: String, tried: Int, through: [String])]) -> (Int, Int) {
        lines.reduce((0, 0)) { ($0.0 + $1.tried, $0.1 + $1.through.count) }
    }
}

/// One stack for all attacks, and the sums behind the last one.
struct AttackTrait: SuiteTrait, TestScoping {
    @TaskLocal static var standIns: StandIns?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let standIns = try StandIns()
        let slack = "ATTACK_SLACK_URL=\(standIns.url)/slack/x\n"
        let stack = StackTrait { options in
            options.batchInterval = 2
            try TestStack.useRealPrograms(&options, configuration: Attacks.configuration)
            try Files.write(options.folder + "/hookledger.env", text: Attacks.environment + slack, mode: 0o640)
        }
        try await Self.$standIns.withValue(standIns) {
            try await stack.provideScope(for: test, testCase: testCase, performing: function)
        }
        AttackTally.shared.say()
    }
}

extension Trait where Self == AttackTrait {
    /// A stack to be attacked.
    static var attacked: AttackTrait { AttackTrait() }
}
