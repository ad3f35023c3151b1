import Settings
import Testing
import Verification

@Suite("Unsigned deliveries are taken only where the configuration says so")
struct UnsignedSourceTests {
    @Test("variables alone open no unsigned endpoint in production")
    func variables() throws {
        let secret = ["WEBHOOK_SECRET": "s"]
        let production = try Machine(environment: secret).load()
        #expect(production.source(named: "roms")?.contract(of: "roms")?.verification == .required)
        #expect(production.unsignedSources.isEmpty)
        let development = try Machine(environment: secret.merging(["NODE_ENV": "development"]) { $1 }).load()
        #expect(development.source(named: "roms")?.contract(of: "roms")?.verification == .optional)
        #expect(development.unsignedSources == ["roms"])
        #expect(development.problems.contains { $0.message.contains("roms") && $0.message.contains("unsigned") })
    }

    private static func source(_ more: String) -> Machine {
        Machine(
            "database: dbname=x\nsources: { a: { providers: roms, secrets: { env: S }, \(more) }, b: { providers: github, secrets: { env: S } } }",
            environment: ["S": "s"])
    }

    @Test("each is named every time", arguments: ["optional", "none"])
    func named(_ word: String) throws {
        let settings = try Self.source("verification: \(word)").load()
        #expect(settings.unsignedSources == ["a"])
        #expect(settings.problems.contains { $0.severity == .warning && $0.message.contains("sources.a accepts") })
    }

    @Test(
        "limits of what is unsigned",
        arguments: [
            ("verification: optional", 65_536, 60),
            ("verification: none", nil, nil),
            ("verification: optional, unsigned: { body_limit: 1000 }", 1000, 60),
            ("verification: optional, unsigned: { per_minute: 0, body_limit: 0 }", nil, nil),
            ("verification: none, unsigned: { per_minute: 5 }", nil, 5),
        ] as [(String, Int?, Int?)])
    func limits(_ text: String, _ body: Int?, _ perMinute: Int?) throws {
        let source = try #require(try Self.source(text).load().source(named: "a"))
        #expect(source.unsignedLimits(of: source.contract) == UnsignedLimits(bodyLimit: body, perMinute: perMinute))
    }

    @Test("when a hold raises an alarm")
    func holds() throws {
        #expect(try Self.source("body_limit: 5").load().holds.alarm == .seconds(86_400))
        let set = try Machine("database: dbname=x\nholds: { alarm: 2h }").load()
        #expect(set.holds.alarm == .seconds(7200))
    }
}
