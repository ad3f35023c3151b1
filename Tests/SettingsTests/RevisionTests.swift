import Settings
import Testing

/// What makes two configurations one revision, and what a running program refuses.
struct RevisionTests {
    private static let base = """
        environment: development
        database: { conninfo: "host=/run/x" }
        sources:
          tiktok-shop:
            providers: tiktok_shop
            credentials: { app_key: { env: TIKTOK_APP_KEY } }
            secrets: { env: TIKTOK_APP_SECRET }
        """

    private func load(_ more: String = "", change: (inout Machine) -> Void = { _ in }) throws -> Settings {
        var machine = Machine(Self.base + "\n" + more, environment: Machine.shopVariables)
        change(&machine)
        return try machine.load()
    }

    private func record(_ more: String = "", change: (inout Machine) -> Void = { _ in }) throws -> ConfigurationRecord {
        try load(more, change: change).revision.record
    }

    @Test func commentsAndSecretsAreNoPartOfIt() throws {
        let first = try record()
        #expect(try record("# the old one was hunter2") == first)
        #expect(try record { $0.environment["TIKTOK_APP_SECRET"] = "another one" } == first)
        let other = try record("log: { hooks: /var/log/x }")
        #expect(other.hash != first.hash && other.fileHash != first.fileHash)
    }

    @Test func variablesBesideTheFileAreNamedWithoutTheirValues() throws {
        let variables = "/etc/hookledger/hookledger.env"
        let first = try record {
            $0.files[variables] = "TIKTOK_APP_SECRET=s3cr3t-1\nWEBHOOK_SEND_WELCOME_MESSAGE=true\n"
        }
        let second = try record {
            $0.files[variables] = "TIKTOK_APP_SECRET=s3cr3t-2\nWEBHOOK_SEND_WELCOME_MESSAGE=true\n"
        }
        let third = try record {
            $0.files[variables] = "TIKTOK_APP_SECRET=s3cr3t-2\nWEBHOOK_SEND_WELCOME_MESSAGE=false\n"
        }
        #expect(first == second)
        #expect(third.hash != first.hash && third.fileHash == first.fileHash)
        #expect(first.content.contains("TIKTOK_APP_SECRET") && !first.content.contains("s3cr3t"))
        #expect(try !record().content.contains("s3cr3t"))
    }

    @Test(arguments: [
        ("log: { level: debug }", "log.level"), ("spool: /var/spool/x", "spool"),
        ("responder: { committers: 3 }", "responder.committers"),
        ("keys: { credentials: other.key }", "keys.credentials"),
        ("actions: { a: { kind: slack, url: { credential: slack_url } } }", "credential slack_url"),
    ])
    func whatWasDoneAtTheStartIsRefused(_ more: String, _ name: String) throws {
        let refusals = ReloadLimits(from: try load(), to: try load(more)).refusals(.ingest)
        #expect(refusals.count == 1 && refusals[0].hasPrefix(name) && refusals[0].contains("restart"), "\(refusals)")
        // What was there before is no change.
        #expect(try ReloadLimits(from: load(more), to: load(more)).refusals(.ingest).isEmpty)
    }

    @Test func connectionsAndEnvironmentAreRefused() throws {
        let other = try Machine(
            Self.base.replacing("development", with: "production").replacing("/run/x", with: "/run/y"),
            environment: Machine.shopVariables
        ).load()
        let refusals = ReloadLimits(from: try load(), to: other).refusals(.batch)
        #expect(refusals.map { String($0.prefix { $0 != ":" }) } == ["database", "environment"])
    }

    @Test func aSecretThatIsGoneIsRefused() throws {
        let without = try load { $0.environment["TIKTOK_APP_SECRET"] = nil }
        let refusals = ReloadLimits(from: try load(), to: without).refusals(.ingest)
        #expect(
            refusals.count == 1 && refusals[0].hasPrefix("sources.tiktok-shop: tiktok_shop")
                && refusals[0].contains("503"))
        // A source that never had one may get it later.
        #expect(ReloadLimits(from: without, to: without).refusals(.ingest).isEmpty)
    }

    @Test func rulesSourcesAndTheLimitsOfTheAPIAreNot() throws {
        let more = """
              github: { providers: github, secrets: { env: TIKTOK_APP_SECRET } }
            actions: { ops: { kind: note, file: /tmp/x } }
            rules: [ { name: all, do: [ops] } ]
            api: { rate_limit: 7 }
            quarantine: { keep: 0 }
            """
        let new = try load(more)
        #expect(new.sources.count == 2)
        for role in [DatabaseSettings.Role.ingest, .api, .batch] {
            #expect(ReloadLimits(from: try load(), to: new).refusals(role).isEmpty)
        }
    }
}
