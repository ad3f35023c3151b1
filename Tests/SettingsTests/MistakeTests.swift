import Settings
import Testing

/// A configuration with one mistake and what is said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let yaml: String
    let message: String

    /// - Parameter message: without the file's name in front.
    init(_ yaml: String, _ message: String) {
        self.yaml = yaml
        self.message = message
    }

    var testDescription: String { message }
}

@Suite("Mistakes are reported with file, line and advice")
struct MistakeTests {
    @Test(
        "in the file",
        arguments: Mistake.general + Mistake.ofSources + Mistake.ofActions + Mistake.ofRules + Mistake.ofSlowWork)
    func table(_ mistake: Mistake) throws {
        let machine = Machine(mistake.yaml, environment: ["SET": "x"], files: ["/etc/hookledger/s": "x"])
        #expect(machine.mistakes == ["\(Machine.config):\(mistake.message)"])
    }

    @Test("inside of what has a bad name, too")
    func badNames() throws {
        let yaml = """
            sources:
              My Shop: { providers: tiktok_shop, paths: /a b }
            actions:
              My Action: { kind: http, url: "https://example.com", retries: -1 }
            rules:
              - { name: My Rule, when: { source: nobody }, do: [nothing] }
            """
        let error = #expect(throws: SettingsErrors.self) { try Machine(yaml).load() }
        let lines = try #require(error).problems.filter(\.severity.isMistake).compactMap(\.line)
        #expect(
            lines.count { $0 == 2 } == 2 && lines.count { $0 == 4 } == 2 && lines.count { $0 == 6 } >= 2, "\(lines)")
    }

    @Test("a hundred of them at once, in the order of their lines")
    func hundred() throws {
        let sources = (1...50).map { "  s\($0): { providers: tiktok_shop, tolerence: 5 }" }
        let actions = (1...50).map { "  a\($0): { kind: http, url: \"https://example.com\", retries: -1 }" }
        let yaml =
            (["sources:"] + sources.enumerated().map { $1.replacing("tolerence", with: "paths: /p\($0), tolerence") }
            + ["actions:"] + actions).joined(separator: "\n")
        let error = #expect(throws: SettingsErrors.self) { try Machine(yaml).load() }
        let errors = try #require(error).problems.filter(\.severity.isMistake)
        #expect(errors.count == 100)
        #expect(errors.compactMap(\.line) == Array(2...51) + Array(53...102))
        #expect(errors.first?.message == "unknown key \"tolerence\" in sources.s1; did you mean \"tolerance\"?")
        #expect(error.map { "\($0)".split(separator: "\n").count } ?? 0 >= 100)
    }

    @Test("keys written twice do not hide other mistakes")
    func duplicates() throws {
        let yaml = """
            environment: production
            environment: staging
            log: { level: info, level: loud }
            sources:
              a: { providers: tiktok_shop, providers: tiktok_shp, "paths": /a, paths: /b }
            enviroment: x
            """
        let error = #expect(throws: SettingsErrors.self) { try Machine(yaml).load() }
        let lines = try #require(error).errors.map { "\($0.line ?? 0) \($0.message)" }
        #expect(
            lines.sorted() == [
                "1 the key \"environment\" is written twice in this section; keep one of them",
                "2 environment must be one of production, development, not \"staging\"",
                "3 log.level must be one of trace, debug, info, notice, warning, error, critical, not \"loud\"",
                "3 the key \"level\" is written twice in this section; keep one of them",
                "5 the key \"paths\" is written twice in this section; keep one of them",
                "5 the key \"providers\" is written twice in this section; keep one of them",
                "5 unknown provider \"tiktok_shp\" in sources.a; did you mean \"tiktok_shop\"?",
                "6 unknown key \"enviroment\"; did you mean \"environment\"?",
            ])
    }
}

extension Mistake {
    static let general = [
        Mistake("enviroment: production", "1: unknown key \"enviroment\"; did you mean \"environment\"?"),
        Mistake("- a\n- b", "1: the file must be a section of keys, not a list"),
        Mistake("log: { level: info", "2: is not valid YAML: did not find expected ',' or '}'"),
        Mistake("log:\n  level: [info]", "2: log.level must be a single value, not a list"),
        Mistake("log: { level: \"\" }", "1: log.level must not be empty; leave it out instead"),
        Mistake("log: loud", "1: log must be a section of keys, not a single value"),
        Mistake("log: { ? [a] : b }", "1: a key must be a single word, not a list or a section"),
        Mistake(
            "database: \"host\"",
            "1: database is not a connection string; write for example "
                + "\"host=/run/postgresql dbname=hookledger\""),
        Mistake(
            "database: { host: h, conninfo: \"dbname=x\" }",
            "1: database.host cannot be combined with conninfo; put it into the connection string"),
        Mistake(
            "\ndatabase: { roles: { injest: \"dbname=x\" } }",
            "2: unknown key \"injest\" in database.roles; did you mean \"ingest\"?"),
        Mistake("database: \"dbname=x password=hunter2\"", Mistake.password("database")),
        Mistake("database: { conninfo: \"postgresql://u:hunter2@h/db\" }", Mistake.password("database.conninfo")),
        Mistake(
            "database: { roles: { api: \"postgresql://h/db?password=hunter2\" } }",
            Mistake.password("database.roles.api")),
        Mistake(
            "database: { env: NOT_SET }",
            "1: database cannot be read from env NOT_SET: set NOT_SET in the "
                + "environment or in hookledger.env beside the configuration"),
        Mistake(
            "database: { password: { file: none } }",
            "1: database.password cannot be read from file "
                + "/etc/hookledger/none: /etc/hookledger/none does not exist: write the secret into it, mode 640"),
        Mistake("flags: { a: maybe }", "1: flags.a must be true or false, not \"maybe\""),
        Mistake("flags:\n  a:\n", "2: flags.a must be true or false"),
        Mistake(
            "flags: { Big: true }",
            "1: the flag's name must be 1 to 63 lower-case letters, digits, - and _"),
        Mistake("api: { rate_limit: 0 }", "1: api.rate_limit must be a whole number from 1 to 1000000, not \"0\""),
        Mistake(
            "api: { rate_window: 5 minutes }",
            "1: api.rate_window must be a time such as 500ms, 30s, 10min, 24h "
                + "or 7d (a plain number is seconds), not \"5 minutes\""),
        Mistake(
            "api: { allowed_origins: [\"https://a.test/path\"] }",
            "1: api.allowed_origins must hold origins such "
                + "as https://example.com, not \"https://a.test/path\""),
        Mistake("retention: { events: 5min }", "1: retention.events must be from 1d to 3650d, not \"5min\""),
        Mistake(
            "address_guard: { allow_private_hosts: \"http://x\" }",
            "1: address_guard.allow_private_hosts must "
                + "hold hosts such as localhost or 127.0.0.1:8025, not \"http://x\""),
        Mistake(
            "address_guard: { allow_private_hosts: { a: b } }",
            "1: address_guard.allow_private_hosts must be a list, not a section"),
        Mistake(
            "address_guard: { allow_private_hosts: [[a]] }",
            "1: address_guard.allow_private_hosts must hold single values, not a list"),
        Mistake(
            "address_guard: { allow_private_hosts: [a, a] }",
            "1: address_guard.allow_private_hosts names \"a\" twice; keep one of them"),
    ]

    private static func password(_ path: String) -> String {
        "1: \(path) must not hold the password itself: write database: { conninfo: …, password: { env: NAME } }, "
            + "and change a password that was written here"
    }
}
