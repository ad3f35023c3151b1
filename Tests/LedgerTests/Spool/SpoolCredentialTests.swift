import Actions
import Crypto
import JSON
import Ledger
import LedgerSupport
import Platform
import Providers
import Settings
import TestThreads
import Testing
import Verification
import Webhooks

/// What a source shows its password with goes through the spool as a keyed hash, and what somebody else puts into the
/// folder goes aside.
@Suite(.blocking) final class SpoolCredentialTests {
    private let folder: String
    private let ledger: LedgerFixture
    private let settings: Settings
    private static let word = "hunter-two-2"
    private static let key = KeyFile(SecretBytes([UInt8](repeating: 7, count: 32)))

    init() throws {
        folder = try Files.makeTemporaryFolder()
        ledger = try LedgerFixture()
        let shared = "algorithm: shared-secret, encoding: text"
        let yaml = """
            database: "host=/nowhere"
            spool: "\(folder)/spool"
            sources:
              by-header: { providers: custom, paths: /h, scheme: { header: X-Token, \(shared) }, secrets: { env: A } }
              by-query: { providers: custom, paths: /q, scheme: { query: token, \(shared) }, secrets: { env: A } }
              by-field: { providers: custom, paths: /f, scheme: { json_field: auth.token, \(shared) }, secrets: { env: A } }
            """
        settings = try Settings.load(
            path: "/hookledger.yaml",
            from: SettingsInput(
                variable: { ["A": Self.word][$0] },
                readFile: { $0 == "/hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in 0o640 }),
            kinds: ActionTable.kinds, now: Guide.now)
    }

    deinit { try? Files.remove(folder) }

    private var path: String { folder + "/spool" }
    private var spool: Spool { Spool(folder: path, key: Self.key) }

    private func delivery(_ source: String, word: String = word) -> Delivery {
        Delivery(
            requestID: "0123456789abcdef", receivedAt: Guide.now, path: "/hook",
            query: source == "by-query" ? "a=1&token=\(word)" : "",
            headers: HeaderFields(source == "by-header" ? [("x-token", word)] : []),
            body: Array((source == "by-field" ? #"{"auth":{"token":"\#(word)"},"n":1}"# : #"{"n":1}"#).utf8),
            remoteAddress: "127.0.0.1")
    }

    private func recordable(_ name: String) throws -> Recordable {
        let source = try #require(settings.source(named: name))
        return try Recordable(
            source.contract.verify(delivery(name)), from: source, by: source.contract.provider, settings: settings)
    }

    private func takeIn(_ key: KeyFile = key) throws -> SpoolImport.Report {
        SpoolImport(
            Spool(folder: path, key: key), settings: settings,
            conninfo: try LedgerFixture.conninfo(ledger.database, "hookledger_batch")
        ).run(at: SystemClock.wallMicroseconds())
    }

    private func contents() throws -> String {
        try Files.list(path).filter { $0.hasSuffix(".hooks") }.map { try Files.readText(path + "/" + $0) }.joined()
    }

    private static let sources = ["by-header", "by-query", "by-field"]

    @Test(arguments: sources) func isImportedWithoutTheWord(_ source: String) throws {
        try spool.keep([recordable(source)])
        let kept = try contents()
        #expect(
            kept.contains(source) && !kept.contains(Self.word) && !kept.contains(Base64.encode(Array(Self.word.utf8))))
        let report = try takeIn()
        #expect(report.recorded == 1 && report.setAside == [], "\(report)")
        #expect(try ledger.value("select verification || ' ' || key_id from events") == "credential A")
        let stored =
            try ledger.value(
                "select headers::text || query || path || encode(body, 'escape') from events") ?? ""
        #expect(stored.contains(Delivery.mask) && !stored.contains(Self.word))
        // Straight from its sender it is the same event.
        let source = try #require(settings.source(named: source))
        let again = try Recordable(
            source.contract.verify(delivery(source.name)), from: source, by: source.contract.provider,
            settings: settings)
        #expect(try ledger.record(again).isDuplicate)
    }

    @Test func whatTheVersionBeforeSpooledIsImported() throws {
        for source in Self.sources {
            let sent = delivery(source)
            let head: JSONValue = [
                "source": .string(source), "provider": "custom", "request_id": "r", "path": "/hook",
                "received_at": .number(JSONNumber(sent.receivedAt.microseconds)), "method": "POST",
                "query": .string(sent.query),
                "headers": .array(sent.headers.fields.map { [.string($0.name), .string($0.value)] }),
            ]
            let content = head.serialized() + [0x0A] + sent.body
            let line = "hookledger-spool-1 \(content.count) \(Hex.encode(Digest.sha256.hash(content)))\n"
            try Files.makeFolder(path)
            try Files.write("\(path)/\(source).hooks", Array(line.utf8) + content + [0x0A])
        }
        let report = try takeIn()
        #expect(report.recorded == 3 && report.setAside == [], "\(report)")
        #expect(
            try ledger.value("select count(*) from events e where e::text like '%\(Self.word)%'") == "0")
    }

    @Test func whatWasWrittenWithoutTheKeyGoesAside() throws {
        let forger = Spool(folder: path, key: KeyFile(SecretBytes([UInt8](repeating: 8, count: 32))))
        try forger.keep([recordable("by-header")])
        let report = try takeIn()
        #expect(report.recorded == 0 && report.setAside.first?.contains("with another key") == true, "\(report)")
        #expect(try Files.list(path + "/aside").count == 1)
    }

    /// The key's name is no secret: it does not mention who wrote the file.
    @Test func aCopiedNameOfTheKeyOpensNothing() throws {
        try spool.keep([recordable("by-header")])
        let name = try #require(try Files.list(path).first { $0.hasSuffix(".hooks") })
        let genuine = try Files.readText("\(path)/\(name)")
        let changed = genuine.replacing("\"received_at\":1", with: "\"received_at\":2")
        #expect(changed != genuine)
        try Files.write("\(path)/\(name)", text: changed)
        let report = try takeIn()
        #expect(report.recorded == 0 && report.setAside.first?.contains("written without the key") == true)
        #expect(try ledger.value("select count(*) from events") == "0")
    }

    @Test func anotherPasswordByNowGoesAsideAndSaysWhy() throws {
        let kept = SpooledDelivery(
            source: "by-header", provider: "custom", delivery: delivery("by-header").masked(by: [scheme]),
            credential: CredentialHash(of: SecretBytes(utf8: "before"), by: Self.key.credentialKey))
        try spool.keep([kept])
        let report = try takeIn()
        #expect(
            report.setAside.first?.contains("none of 1 secrets matches the presented credential") == true, "\(report)")
        #expect(
            try !Files.readText("\(path)/aside/\(try #require(Files.list(path + "/aside").first))").contains(Self.word))
    }

    private var scheme: Scheme { settings.sources[0].contract.provider.scheme }
}
