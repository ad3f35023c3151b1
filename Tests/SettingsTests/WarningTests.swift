import Settings
import Testing
import Webhooks

@Suite("Warnings and notices do not keep the rest from working")
struct WarningTests {
    private static let config = Machine.config

    private static func source(_ text: String) -> String {
        "database: dbname=x\nsources:\n  shop: { providers: tiktok_shop_guide, \(text) }"
    }

    @Test(
        "what is said",
        arguments: [
            (
                source("secrets: { env: NONE }"),
                [
                    "\(config):3: warning: sources.shop cannot verify tiktok_shop_guide and answers 503: there is no signing secret",
                    "\(config):3: warning: sources.shop.secrets is missing: set NONE in the environment or in hookledger.env "
                        + "beside the configuration",
                ]
            ),
            (
                source("secrets: { file: empty }"),
                [
                    "\(config):3: warning: sources.shop cannot verify tiktok_shop_guide and answers 503: there is no signing secret",
                    "\(config):3: sources.shop.secrets is empty: put the secret into /etc/hookledger/empty",
                ]
            ),
            (
                source("secrets: { env: BLANK }"),
                [
                    "\(config):3: warning: sources.shop cannot verify tiktok_shop_guide and answers 503: there is no signing secret",
                    "\(config):3: sources.shop.secrets is empty: set BLANK in the environment or in hookledger.env beside the "
                        + "configuration",
                ]
            ),
            (
                "database: dbname=x\nsources: { a: { providers: standard_webhooks, secrets: { env: SET } } }",
                [
                    "\(config):2: sources.a cannot verify standard_webhooks and answers 503: the signing secret SET is not "
                        + "base64 (with whsec_ before it or without)"
                ]
            ),
            (
                source("secrets: { credential: c }"),
                [
                    "\(config):3: warning: sources.shop cannot verify tiktok_shop_guide and answers 503: there is no signing secret",
                    "\(config):3: warning: sources.shop.secrets is missing: $CREDENTIALS_DIRECTORY is not set: start it through "
                        + "systemd with LoadCredential=c:…",
                ]
            ),
            (
                source("secrets: { env: SET, valid_until: 2025-12-31 }"),
                [
                    "\(config):3: warning: sources.shop answers 503: all of its secrets have expired; add one that is valid",
                    "\(config):3: warning: sources.shop.secrets expired on 2025-12-31T00:00:00.000Z; remove it",
                ]
            ),
            (
                source("verification: none"),
                [
                    "\(config):3: warning: sources.shop accepts unverified deliveries from anyone, because verification is none"
                ]
            ),
            (
                "database: dbname=x\nsources: { a: { providers: tiktok_shop, secrets: { env: SET } } }",
                [
                    "\(config):2: warning: sources.a cannot verify tiktok_shop and answers 503: the credential app_key is "
                        + "missing or empty"
                ]
            ),
            (
                source("secrets: { env: SET }") + "\nactions:\n  ops: { kind: slack, url: { env: NONE } }",
                [
                    "\(config):5: warning: actions.ops cannot run: actions.ops.url is not there: set NONE in the environment or "
                        + "in hookledger-outbound.env beside the configuration"
                ]
            ),
            (
                source("secrets: { env: SET }") + "\napi: { anonymous_read: loopback }",
                [
                    "\(config):4: warning: api.anonymous_read: loopback is meant for development; orders can be read without a "
                        + "token"
                ]
            ),
            (
                "",
                [
                    "\(config): warning: no source is configured: add a sources: section, or set TIKTOK_APP_KEY and "
                        + "TIKTOK_APP_SECRET",
                    "\(config): notice: no database: section; using \"host=/run/postgresql dbname=hookledger\"",
                ]
            ),
        ])
    func said(_ yaml: String, _ expected: [String]) throws {
        let machine = Machine(yaml, environment: ["SET": "x", "BLANK": ""], files: ["/etc/hookledger/empty": " \n"])
        #expect(try machine.load().problems.map(\.description).sorted() == expected.sorted())
    }

    @Test("variables that nothing reads are reported with their place")
    func unused() throws {
        let machine = Machine(
            "database: dbname=x", environment: Machine.shopVariables.merging(["PORT": "3001"]) { $1 },
            files: ["/etc/hookledger/.env": "\nREDIS_URL=redis://x\nDB_HOST=h\n"])
        let problems = try machine.load().problems
        #expect(problems.allSatisfy { $0.severity == .notice })
        #expect(
            problems.map(\.description) == [
                "/etc/hookledger/.env:2: notice: REDIS_URL is not used: jobs are queued in Postgres, not in Redis",
                "/etc/hookledger/.env:3: notice: DB_HOST is not used, because the configuration has a database: section",
                "environment: notice: PORT is not used: nginx listens for the responder; its site configuration sets "
                    + "the port",
            ])
    }

    @Test("an action without its secret is known, and says what is missing")
    func missing() throws {
        let yaml = "actions: { ops: { kind: slack, url: { env: NONE } } }\nrules: [{ do: ops }]"
        let settings = try Machine(yaml, environment: Machine.shopVariables).load()
        let action = try #require(settings.action(named: "ops"))
        #expect(action.missing.count == 1)
        #expect(action.secret("url") == nil)
        #expect(settings.rule(named: "rule-e3b0c4")?.actions == ["ops"])
    }
}
