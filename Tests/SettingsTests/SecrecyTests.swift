import Settings
import Testing

@Suite("Secrets stay secret")
struct SecrecyTests {
    private static let secrets = ["hunter-app", "hunter-slack", "hunter-db", "hunter-header", "hunter-whole"]

    private static let yaml = """
        database:
          password: { env: DB }
          roles: { api: { env: WHOLE } }
        sources:
          shop: { providers: tiktok_shop, credentials: { app_key: { env: APP } }, secrets: { file: /s } }
        actions:
          ops: { kind: slack, url: { env: SLACK } }
          out: { kind: http, url: { env: SLACK }, secret: { env: APP }, headers: { Authorization: { env: HEADER } } }
        rules: [{ do: [ops, out] }]
        """

    private static let machine = Machine(
        yaml,
        environment: [
            "DB": "hunter-db", "WHOLE": "dbname=x password=hunter-whole", "APP": "hunter-app", "SLACK": "hunter-slack",
            "HEADER": "hunter-header",
        ], files: ["/s": "hunter-app\n"])

    @Test("in nothing that prints settings")
    func printing() throws {
        let settings = try Self.machine.load()
        var dumped = ""
        dump(settings, to: &dumped)
        dump(settings.database, to: &dumped)
        let shown = [
            dumped, "\(settings)", String(reflecting: settings), String(describing: settings.sources),
            String(reflecting: settings.actions), "\(settings.database.connection(for: .api))",
            settings.problems.map(\.description).joined(),
        ]
        for text in shown {
            for secret in Self.secrets { #expect(!text.contains(secret)) }
        }
        // The test can fail: what it looks for is there.
        #expect(settings.database.connection(for: .api).conninfo.contains("hunter-whole"))
        #expect(settings.database.connection(for: .batch).conninfo.contains("hunter-db"))
    }

    @Test(
        "in no message about a secret that was written into the file",
        arguments: [
            "sources: { shop: { providers: tiktok_shop, secrets: [hunter-app] } }",
            "sources: { shop: { providers: tiktok_shop, secrets: { env: hunter-app } } }",
            "sources: { shop: { providers: tiktok_shop, secrets: { hunter: 1 }, credentials: { app_key: hunter-app } } }",
            "database: \"dbname=x password=hunter-db\"",
            "database: { password: hunter-db }",
            "database: \"dbname=x password = 'hunter-db'\"",
            "database: \"postgres://u:hunter-db@h\"",
            "actions: { a: { kind: slack, url: hunter-slack } }",
            "actions: { a: { kind: http, url: \"https://u:hunter-slack@h\" } }",
            "actions: { a: { kind: http, url: \"https://h\", headers: { Cookie: hunter-header } } }",
            "actions: { a: { kind: http, url: \"https://h\", secret: hunter-app\n",
            // As a key: what stands before a colon is easily taken for one.
            "sources: { shop: { providers: tiktok_shop, secrets: { hunter-app: } } }",
            "sources: { shop: { providers: tiktok_shop, secrets: { hunter-app: { env: A } } } }",
            "sources: { shop: { providers: { tiktok_shop: { hunter-app: 1 } } } }",
            "hunter-app: 1", "database: { hunter-db: 1 }", "sources: { shop: { hunter-app: 1, hunter-app: 2 } }",
            "database: { password: { hunter-db: 1 } }",
            "actions: { a: { kind: http, url: \"https://h\", secret: { hunter-app: x } } }",
        ])
    func messages(_ yaml: String) throws {
        let problems = Machine(yaml).problems
        #expect(!problems.isEmpty)
        for problem in problems {
            for secret in Self.secrets { #expect(!problem.contains(secret)) }
        }
    }

    @Test("in no message about a broken line of the variables' file")
    func variables() {
        let problems = Machine(files: [
            "/etc/hookledger/.env": "DB_PASSWORD='hunter-db\nhunter-app\nNODE_ENV=hunter-db\n"
        ]).problems
        #expect(problems.count >= 3)
        for problem in problems {
            for secret in Self.secrets { #expect(!problem.contains(secret)) }
        }
    }
}
