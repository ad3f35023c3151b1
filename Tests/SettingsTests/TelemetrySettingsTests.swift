import Crypto
import Testing

@testable import Settings

/// `telemetry:`
struct TelemetrySettingsTests {
    private func machine(_ lines: String, _ environment: [String: String] = [:]) -> Machine {
        Machine("database: \"dbname=x\"\ntelemetry:\n" + lines, environment: environment)
    }

    @Test func withoutTheSectionThereIsNone() throws {
        #expect(try Machine("database: \"dbname=x\"").load().telemetry == nil)
    }

    @Test(arguments: [
        ("http://localhost:4318", "http://localhost:4318/v1/traces"),
        ("https://otel.example/otlp/", "https://otel.example/otlp/v1/traces"),
        ("https://otel.example/v1/traces", "https://otel.example/v1/traces"),
    ])
    func thePathOfTracesIsAdded(_ written: String, _ url: String) throws {
        let telemetry = try #require(try machine("  otlp: \(written)").load().telemetry)
        #expect(telemetry.url == url && telemetry.service == "hookledger" && telemetry.headers.isEmpty)
        #expect(telemetry.sampler == .followParent && telemetry.maxAge == .seconds(86_400) && telemetry.missing.isEmpty)
    }

    @Test func everyKeyIsRead() throws {
        let settings = try machine(
            """
              otlp: http://127.0.0.1:4318
              headers: { Authorization: { env: KEY }, x-scope: shop }
              service: shop-hooks
              sampler: always_on
              max_age: 2h
            """, ["KEY": "Bearer abc"]
        ).load()
        let telemetry = try #require(settings.telemetry)
        #expect(telemetry.headers.map(\.name) == ["Authorization", "x-scope"])
        #expect(telemetry.headers.map { String(decoding: $0.value.reveal(), as: UTF8.self) } == ["Bearer abc", "shop"])
        #expect(telemetry.service == "shop-hooks" && telemetry.sampler == .all && telemetry.maxAge == .seconds(7200))
        #expect(settings.problems.filter { $0.message.contains("telemetry") }.isEmpty)
    }

    /// The responder may not read it, and does not miss it.
    @Test func theResponderDoesNotSeeTheSecrets() throws {
        let machine = machine(
            "  otlp: http://c.example\n  headers: { Authorization: { env: KEY } }", ["KEY": "Bearer abc"])
        for reader in Settings.Reader.allCases {
            let settings = try Settings.load(from: machine.input, for: reader)
            let telemetry = try #require(settings.telemetry)
            #expect(telemetry.headers.isEmpty == telemetry.isWithheld && telemetry.missing.isEmpty)
            #expect(telemetry.isWithheld == (reader == .ingest || reader == .api), "\(reader)")
        }
    }

    @Test func aSecretThatIsNotThereIsAWarning() throws {
        let settings = try machine("  otlp: http://c.example\n  headers: { Authorization: { env: KEY } }").load()
        #expect(settings.telemetry?.missing.count == 1)
        #expect(
            settings.problems.contains {
                $0.severity == .warning
                    && $0.message.hasPrefix("telemetry sends nothing: telemetry.headers.Authorization is not there")
            })
    }

    /// The programs start with it, and send nothing.
    @Test(arguments: [
        ("  service: x", "3: telemetry must have otlp"),
        ("  otlp: collector:4318", "3: telemetry.otlp must be a URL such as https://example.com/hook"),
        ("  otlp: https://a:b@c.example", "3: telemetry.otlp must not hold a user and password"),
        ("  otlp: https://c.example/?key=abc", "3: telemetry.otlp must have no query"),
        (
            "  otlp: https://c.example\n  sampler: half",
            "4: telemetry.sampler must be one of parentbased_always_on, always_on"
        ),
        ("  otlp: https://c.example\n  max_age: 1s", "4: telemetry.max_age must be from 1min to 7d"),
        (
            "  otlp: https://c.example\n  header: {}",
            "4: unknown key \"header\" in telemetry; did you mean \"headers\"?"
        ),
        (
            "  otlp: https://c.example\n  headers: { Authorization: abc }",
            "4: telemetry.headers.Authorization must not hold the secret itself"
        ),
        (
            "  otlp: https://c.example\n  headers: { Content-Type: text/plain }",
            "4: telemetry.headers must not have Content-Type"
        ),
    ])
    func aMistakeKeepsNothingElseFromWorking(_ lines: String, _ message: String) throws {
        let machine = machine(lines)
        #expect(try machine.load().telemetry == nil)
        #expect(machine.mistakes.contains { $0.contains(message) }, "\(machine.mistakes)")
    }
}

extension Settings {
    /// The settings as one of the programs reads them.
    fileprivate static func load(from input: SettingsInput, for reader: Reader) throws -> Settings {
        try load(for: reader, from: input, kinds: [], now: Machine.now)
    }
}
