import Actions
import Crypto
import Ledger
import LedgerSupport
import Platform
import Postgres
import Settings
import Webhooks

/// A ledger, and a spool in a temporary folder whose deliveries belong to it.
struct SpoolFixture {
    let folder: String
    let ledger: LedgerFixture
    let settings: Settings

    init() throws {
        folder = try Files.makeTemporaryFolder()
        ledger = try LedgerFixture()
        let yaml = """
            database: "host=/nowhere"
            spool: "\(folder)/spool"
            sources:
              tiktok-shop:
                providers: [tiktok_shop_guide]
                secrets: [ { env: TIKTOK_APP_SECRET } ]
                on_store_failure: spool
            actions:
              ops: { kind: http, url: "https://erp.example/hooks" }
            rules:
              - do: [ops]
            """
        settings = try Settings.load(
            path: "/hookledger.yaml",
            from: SettingsInput(
                variable: { ["TIKTOK_APP_SECRET": Guide.secretText][$0] },
                readFile: { $0 == "/hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in 0o640 }),
            kinds: ActionTable.kinds, now: Guide.now)
    }

    var path: String { folder + "/spool" }
    static let key = KeyFile(SecretBytes([UInt8](repeating: 7, count: 32)))

    /// The spool in a folder.
    static func spool(_ path: String) -> Spool { Spool(folder: path, key: key) }

    /// Long ago, so that only verification as of then can accept it.
    static let received = Guide.now.advanced(bySeconds: -86_400)

    static func spooled(_ order: String, secret: Bool = true) throws -> SpooledDelivery {
        let body = Guide.body("order_created", order: order, status: "UNPAID", at: 1_735_380_000)
        var delivery = try Guide.delivery(body, at: received)
        if !secret { delivery.body.append(UInt8(ascii: " ")) }
        return SpooledDelivery(source: "tiktok-shop", provider: "tiktok_shop_guide", delivery: delivery)
    }

    /// Imports a spool.
    /// - Parameter path: its folder; nil for the own one.
    func takeIn(_ path: String? = nil, _ database: String? = nil, minutesLater: Int64 = 0) throws -> SpoolImport.Report
    {
        let now = SystemClock.wallMicroseconds() + minutesLater * 60_000_000
        return SpoolImport(
            Self.spool(path ?? self.path), settings: settings,
            conninfo: try database ?? LedgerFixture.conninfo(ledger.database, "hookledger_batch")
        ).run(at: now)
    }

    /// Postgres fails at every delivery whose body has that word.
    func refuse(_ word: String) throws {
        try ledger.superuser.execute(
            """
            create function refuse_poison() returns trigger language plpgsql as $$ begin
                if convert_from(new.body, 'UTF8') like '%\(word)%' then
                    raise exception 'planted' using errcode = 'XX000';
                end if;
                return new;
            end $$;
            create trigger poison before insert on events for each row execute function refuse_poison();
            """)
    }
}
