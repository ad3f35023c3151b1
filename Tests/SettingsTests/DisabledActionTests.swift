import Settings
import Testing

/// A mistake in one action disables that action: the programs start, and its jobs are held.
@Suite struct DisabledActionTests {
    private func load(_ action: String) throws -> Settings {
        try Machine(
            """
            database: dbname=x
            sources: { shop: { providers: tiktok_shop } }
            actions:
              good: { kind: http, url: "https://example.com" }
              bad: \(action)
            rules:
              - { name: both, do: [good, bad] }
            """
        ).load()
    }

    @Test(arguments: [
        "{ kind: slak, url: x }", "{ kind: http }", "{ kind: http, url: ftp://x }", "{}", "5", "[a]",
        "{ kind: http, url: \"https://e.test\", retries: many }", "{ kind: http, urll: \"https://e.test\" }",
    ]) func itIsDisabledAndTheOthersAreNot(_ action: String) throws {
        let settings = try load(action)
        #expect(settings.action(named: "good")?.fault == nil)
        let fault = try #require(settings.action(named: "bad")?.fault)
        #expect(settings.rule(named: "both")?.actions == ["good", "bad"])
        // For `config check` it is a mistake.
        let mistakes = settings.problems.filter(\.severity.isMistake)
        #expect(!mistakes.isEmpty && mistakes.allSatisfy { $0.severity == .fault })
        #expect(mistakes.contains { $0.message == fault })
    }

    @Test func aMistakeElsewhereIsStillAnError() {
        #expect(throws: SettingsErrors.self) {
            try Machine(
                """
                database: dbname=x
                actions: { bad: { kind: slak } }
                rules: [{ do: elsewhere }]
                """
            ).load()
        }
    }
}
