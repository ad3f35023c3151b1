import Actions
import Crypto
import Ledger
import LedgerSupport
import Platform
import Postgres
import Providers
import Settings
import Testing
import Verification
import Webhooks

/// A ledger with sources, from which events are exported and into which they are imported.
struct TransferFixture {
    let ledger: LedgerFixture
    let settings: Settings
    /// Deliveries are received from here on.
    static let begin = Guide.now.advanced(bySeconds: -86_400)

    /// - Parameters:
    ///   - providers: a source each, of the same name.
    ///   - secret: what they sign with.
    ///   - ledger: nil for one of its own.
    init(_ providers: [String], secret: String = Guide.secretText, in ledger: LedgerFixture? = nil) throws {
        let ledger = try ledger ?? LedgerFixture()
        self.ledger = ledger
        let person = try LedgerFixture.conninfo(ledger.database, "hookledger_operator")
        let sources = providers.map {
            var keys = "providers: [\($0)], paths: [/\($0)], secrets: { env: A }"
            if $0 == "tiktok_shop" { keys += ", credentials: { app_key: { env: KEY } }" }
            return "  \($0): { \(keys) }"
        }
        let yaml = """
            database: { conninfo: "\(person)" }
            sources:
            \(sources.joined(separator: "\n"))
            actions:
              ops: { kind: http, url: "https://erp.example/hooks" }
            rules:
              - do: [ops]
            """
        settings = try Settings.load(
            path: "/hookledger.yaml",
            from: SettingsInput(
                variable: { ["A": secret, "KEY": "test-key"][$0] },
                readFile: { $0 == "/hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in 0o640 }),
            kinds: ActionTable.kinds, now: Guide.now)
    }

    /// Records a delivery as the responder does.
    func tell(_ step: EventStory.Step, _ provider: any Provider, at second: Int64, id: String = "r") throws {
        let source = try #require(settings.source(named: provider.name))
        var delivery = try Guide.delivery(
            step.body, headers: step.headers, by: provider, at: Self.begin.advanced(bySeconds: second))
        delivery.requestID = "\(id)-\(second)"
        let verified = try source.contract.verify(delivery)
        _ = try ledger.record(Recordable(verified, from: source, by: provider, settings: settings))
    }

    @discardableResult
    func export(to folder: String, source: String? = nil) throws -> EventExport.Report {
        let request = EventExport.Request(
            source: source, since: Timestamp(microseconds: 0), until: Guide.now.advanced(bySeconds: 86_400))
        return try EventExport(request, to: folder, connection: ledger.connect(as: "hookledger_operator")).run(
            now: Guide.now)
    }

    func take(_ folder: String, isDry: Bool = false, source: String? = nil) throws -> EventImport.Report {
        let export = try ReadExport(
            folder: folder, source: source.flatMap { settings.source(named: $0) }, settings: settings, now: Guide.now)
        return try take(export, isDry: isDry)
    }

    func take(_ export: ReadExport, isDry: Bool = false) throws -> EventImport.Report {
        try EventImport(
            export, settings: settings, now: Guide.now, connection: ledger.connect(as: "hookledger_operator")
        ).run(isDry: isDry)
    }

    /// All records, without what differs between two ledgers: the ids of their rows.
    func rows() throws -> [String] {
        try ["order", "product", "customer", "comment"].flatMap { kind in
            try ledger.superuser.query(
                """
                select '\(kind) ' || \(kind)_id || ' ' || shop_key || ' ' || \(kind)_data::text || ' ' || extra::text || ' '
                    || unverified_fields(\(kind)_data, extra, clocks)::text from \(kind)s
                order by source, \(kind)_id, shop_key
                """
            ).map { try $0.text(0) }
        }
    }

    /// Every order with its clocks and the event that changed it last.
    func state() throws -> String? {
        try ledger.value(
            "select string_agg(id || order_data::text || extra::text || clocks::text || last_event_id, '|' order by id) from orders"
        )
    }

    /// Each file below a folder, by its content.
    static func requests(_ folder: String) throws -> [String] {
        try Files.list(folder + "/events").flatMap { day in
            try Files.list("\(folder)/events/\(day)").map {
                Hex.encode(Digest.sha256.hash(try Files.read("\(folder)/events/\(day)/\($0)")))
            }
        }.sorted()
    }
}

/// Calls with a folder that is removed afterwards.
func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = try Files.makeTemporaryFolder("transfer")
    defer { try? Files.remove(folder) }
    return try body(folder)
}
