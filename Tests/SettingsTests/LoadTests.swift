import Crypto
import Settings
import Testing
import Verification
import Webhooks

@Suite("Settings that are right")
struct LoadTests {
    @Test("without a file the guides' variables make the source")
    func guideVariables() throws {
        let settings = try Machine(environment: Machine.shopVariables).load()
        let source = try #require(settings.source(forPath: "/webhook/tiktok"))
        #expect(settings.file == nil)
        #expect(source.name == "tiktok-shop")
        #expect(source.providers == ["tiktok_shop", "tiktok_shop_guide"])
        #expect(source.contract.keyring.secrets.map(\.keyID) == ["TIKTOK_APP_SECRET"])
        #expect(source.contract.keyring.secrets.first?.secret.equals(Array("s3cr3t-of-the-app".utf8)) == true)
        #expect(source.contract.keyring.credentials["app_key"]?.equals(Array("6fk3".utf8)) == true)
        #expect(source.contract.verification == .required)
        #expect(source.bodyLimit == 1_048_576)
        #expect(source.contracts.map(\.onStoreFailure) == [.retry, .retry])
        #expect(source.dedupeWindow == 600)
        #expect(settings.environment == .production)
        #expect(
            settings.database.connection(for: .ingest).conninfo
                == "host=/run/postgresql dbname=hookledger user=hookledger_ingest")
    }

    @Test("paths are matched exactly", arguments: ["/webhook/tiktok/", "/webhook", "/Webhook/tiktok", "", "/"])
    func otherPaths(_ path: String) throws {
        #expect(try Machine(environment: Machine.shopVariables).load().source(forPath: path) == nil)
    }

    @Test("the variables' file beside the configuration is read, the process counts more")
    func variablesFile() throws {
        let env = "export TIKTOK_APP_KEY=from-file\nTIKTOK_APP_SECRET='from file'\nNODE_ENV=development\n"
        let settings = try Machine(
            "log: { level: debug }", environment: ["TIKTOK_APP_KEY": "from-process"],
            files: ["/etc/hookledger/.env": env]
        ).load()
        let keyring = try #require(settings.sources.first).contract.keyring
        #expect(keyring.credentials["app_key"]?.equals(Array("from-process".utf8)) == true)
        #expect(keyring.secrets.first?.secret.equals(Array("from file".utf8)) == true)
        #expect(settings.environment == .development)
        #expect(settings.log.level == .debug)
        #expect(settings.file == Machine.config)
    }

    @Test("hookledger.env is read before .env, and what the file says counts more than both")
    func precedence() throws {
        var machine = Machine(
            "environment: production",
            files: ["/etc/hookledger/hookledger.env": "NODE_ENV=development\n", "/etc/hookledger/.env": "NODE_ENV=x\n"])
        #expect(try machine.load().environment == .production)
        machine.files[Machine.config] = "log: {}"
        #expect(try machine.load().environment == .development)
    }

    @Test("the file is looked for by name, in /etc, and on a developer's machine here first")
    func places() throws {
        var machine = Machine("environment: production")
        machine.files["hookledger.yaml"] = "environment: development"
        machine.files["/srv/other.yaml"] = "log: { level: trace }"
        #expect(try machine.load().file == Machine.config)
        machine.environment["NODE_ENV"] = "development"
        #expect(try machine.load().file == "hookledger.yaml")
        #expect(try machine.load(path: Machine.config).environment == .production)
        machine.environment["HOOKLEDGER_CONFIG"] = "/srv/other.yaml"
        #expect(try machine.load().log.level == .trace)
        #expect(try machine.load(path: Machine.config).log.level == .info)
    }

    @Test("secrets come from variables, files and systemd credentials, with windows and names")
    func secretPlaces() throws {
        let yaml = """
            sources:
              shop:
                providers: tiktok_shop_guide
                paths: [/a, /b]
                verification: optional
                tolerance: 2min
                secrets:
                  - { env: A, valid_until: 2026-02-01 }
                  - { file: secrets/b, id: next, valid_from: "2026-01-31T09:00:00Z" }
                  - { credential: c }
            """
        let settings = try Machine(
            yaml, environment: ["A": "one", "CREDENTIALS_DIRECTORY": "/run/credentials/x"],
            files: ["/etc/hookledger/secrets/b": "two\n", "/run/credentials/x/c": "three\r\n"]
        ).load()
        let source = try #require(settings.source(forPath: "/b"))
        let secrets = source.contract.keyring.secrets
        #expect(secrets.map(\.keyID) == ["A", "next", "c"])
        #expect(zip(secrets, ["one", "two", "three"]).allSatisfy { $0.secret.equals(Array($1.utf8)) })
        #expect(secrets[0].validUntil == Timestamp(rfc3339: "2026-02-01T00:00:00Z"))
        #expect(secrets[1].validFrom == Timestamp(rfc3339: "2026-01-31T09:00:00Z"))
        #expect(source.contract.tolerance == 120)
        #expect(source.contract.verification == .optional)
        #expect(
            settings.problems.filter { $0.severity == .warning }.map(\.message) == [
                "sources.shop accepts unsigned deliveries of tiktok_shop_guide, because verification is optional"
            ])
    }

    @Test("anchors and aliases work")
    func aliases() throws {
        let yaml = """
            actions:
              a: &quick { kind: http, url: "https://example.com/a", retries: 1, backoff: 100ms }
              b: *quick
            """
        let settings = try Machine(yaml, environment: Machine.shopVariables).load()
        #expect(settings.actions.map(\.retry.retries) == [1, 1])
        #expect(settings.action(named: "b")?.retry.backoff == .milliseconds(100))
    }

    @Test("actions keep their kind's values, texts and secrets")
    func actions() throws {
        let yaml = """
            actions:
              ops: { kind: slack, url: { env: SLACK }, text: "*Order* {order.id}", after_dead: block }
              out:
                kind: http
                url: https://example.com/hook
                secret: { env: OUT }
                headers: { X-Shop: main, Authorization: { env: AUTH } }
                give_up: 2h
            """
        let settings = try Machine(
            yaml, environment: ["SLACK": "https://hooks.slack.test/T/B/x", "OUT": "whsec_AAAA", "AUTH": "Bearer t"]
        ).load()
        let ops = try #require(settings.action(named: "ops"))
        #expect(ops.text("text") == "*Order* {order.id}")
        #expect(ops.secret("url")?.count == 30)
        #expect(ops.retry == RetryPolicy(afterDead: .block))
        #expect(ops.missing.isEmpty)
        let out = try #require(settings.action(named: "out"))
        #expect(out.text("url") == "https://example.com/hook")
        #expect(out.secret("url") == nil)
        #expect(out.retry.giveUp == .seconds(7200))
        #expect(out.table("headers").map(\.name) == ["Authorization", "X-Shop"])
        #expect(settings.action(named: "none") == nil)
    }

    @Test("flags come from the file, then from the guides' variables, and are off otherwise")
    func flags() throws {
        let settings = try Machine(
            "flags: { send_welcome_message: false, mine: on }",
            environment: ["WEBHOOK_SEND_WELCOME_MESSAGE": "true", "WEBHOOK_AUTO_SYNC_PRODUCTS": "true"]
        ).load()
        #expect(
            settings.flags.states == [
                "send_order_confirmation": false, "send_welcome_message": false, "auto_sync_products": true,
                "mine": true,
            ])
        #expect(!settings.flags.isOn("nobody"))
    }

    @Test("the API's settings come from the guides' variables")
    func api() throws {
        let settings = try Machine(environment: [
            "FRONTEND_URL": "https://Shop.example.com/", "RATE_LIMIT_WINDOW_MS": "60000",
            "RATE_LIMIT_MAX_REQUESTS": "5",
        ]).load()
        #expect(settings.api.allowedOrigins == ["https://shop.example.com"])
        #expect(settings.api.rateWindow == .seconds(60))
        #expect(settings.api.rateLimit == 5)
        #expect(settings.api.anonymousRead == .none)
    }
}
