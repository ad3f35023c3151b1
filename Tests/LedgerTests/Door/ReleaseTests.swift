import Actions
import Crypto
import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import Providers
import Settings
import TestThreads
import Testing
import Verification
import Webhooks

/// Refused deliveries that are released: verified as of when they came, once each, and in the order in which they came.
@Suite(.blocking) struct ReleaseTests {
    private let ledger: LedgerFixture
    private let settings: Settings
    private static let word = "hunter-two-2"
    private static let key = KeyFile(SecretBytes([UInt8](repeating: 7, count: 32)))
    /// Within the last hour; deliveries of it verify only as of then.
    private static let begin = Guide.now.advanced(bySeconds: -3600)

    init() throws {
        ledger = try LedgerFixture()
        let person = try LedgerFixture.conninfo(ledger.database, "hookledger_operator")
        // The secret begins tomorrow: a release does not care.
        let tomorrow = Guide.now.advanced(bySeconds: 86_400).rfc3339
        let yaml = """
            database: { conninfo: "\(person)" }
            sources:
              tiktok-shop: { providers: [tiktok_shop_guide], secrets: [ { env: A, valid_from: "\(tomorrow)" } ] }
              ended: { providers: [tiktok_shop_guide], paths: [/ended], secrets: [ { env: A, valid_until: "2020-01-01T00:00:00Z" } ] }
              woo: { providers: [woocommerce], secrets: { env: A } }
              by-header: { providers: custom, paths: /h, scheme: { header: X-Token, algorithm: shared-secret, encoding: text }, secrets: { env: W } }
            actions:
              ops: { kind: http, url: "https://erp.example/hooks" }
            rules:
              - do: [ops]
            """
        settings = try Settings.load(
            path: "/hookledger.yaml",
            from: SettingsInput(
                variable: { ["A": Guide.secretText, "W": Self.word][$0] },
                readFile: { $0 == "/hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in 0o640 }),
            kinds: ActionTable.kinds, now: Guide.now)
    }

    private func order(_ id: String, _ status: String, at seconds: Int64, by provider: any Provider = Guide.provider)
        throws
        -> Delivery
    {
        let received = Self.begin.advanced(bySeconds: seconds)
        let body = Guide.body("order_status_change", order: id, status: status, at: received.seconds)
        return try Guide.delivery(body, by: provider, at: received)
    }

    private func keep(
        _ deliveries: [Delivery], source: String = "tiktok-shop", provider: String = "tiktok_shop_guide",
        credential: CredentialHash? = nil, _ kind: Refusal.Kind = .noSecretMatched
    ) throws {
        let rows = deliveries.map {
            QuarantinedDelivery(
                $0, source: source, provider: provider, credential: credential, refusal: Refusal(kind, "no"),
                status: 401, retried: [])
        }
        _ = try QuarantinedDelivery.write(rows, over: ledger.connect(as: "hookledger_ingest"))
    }

    private func release(
        _ source: String = "tiktok-shop", isDry: Bool = false, acceptsLate: Bool = false, key: KeyFile? = key
    ) throws -> Release.Report {
        try Self.release(source, settings, ledger.database, isDry: isDry, acceptsLate: acceptsLate, key: key)
    }

    private static func release(
        _ source: String, _ settings: Settings, _ database: String, isDry: Bool = false, acceptsLate: Bool = false,
        key: KeyFile? = key
    ) throws -> Release.Report {
        let request = Release.Request(
            source: try #require(settings.source(named: source)), since: nil, acceptsLate: acceptsLate)
        let connection = try LedgerFixture.connection(LedgerFixture.conninfo(database, "hookledger_operator"))
        return try Release(request, settings: settings, key: key, connection: connection).run(isDry: isDry)
    }

    private func report(_ change: (inout Release.Report) -> Void) -> Release.Report {
        var report = Release.Report()
        change(&report)
        return report
    }

    private func states() throws -> String? {
        try ledger.value(
            "select string_agg(state || ' ' || coalesce(event_id::text, '-'), ', ' order by id) from quarantine")
    }

    @Test func whatVerifiesIsAnEventOfItsOwnTime() throws {
        try keep([order("1", "UNPAID", at: 0), order("1", "PAID", at: 10), order("2", "UNPAID", at: 20)])
        var forged = try order("3", "PAID", at: 30)
        forged.body.append(UInt8(ascii: " "))
        try keep([forged])
        #expect(try release(isDry: true) == report { ($0.released, $0.refused) = (3, ["no_secret_matched": 1]) })
        #expect(try ledger.value("select count(*) from events") == "0")
        #expect(try release() == report { ($0.released, $0.refused) = (3, ["no_secret_matched": 1]) })
        #expect(
            try ledger.value(
                "select count(*) || ' ' || count(distinct received_at) || ' ' || min(origin) || ' ' || bool_and(verification = 'signature') from events"
            )
                == "3 3 released true")
        #expect(try ledger.value("select string_agg(status, ' ' order by order_id) from order_list") == "PAID UNPAID")
        #expect(try ledger.value("select count(*) from jobs") == "3")
        #expect(try states() == "released 1, released 3, released 2, kept -")
        #expect(
            try ledger.value("select note from quarantine where state = 'kept'")?.hasPrefix("no_secret_matched: ")
                == true)
        #expect(try release() == report { $0.refused = ["no_secret_matched": 1] })
    }

    @Test func anExpiredSecretStaysExpired() throws {
        try keep([order("1", "UNPAID", at: 0)], source: "ended")
        #expect(try release("ended") == report { $0.refused = ["no_usable_secret": 1] })
    }

    @Test func whatTheTimeRefusedNeedsASecondWord() throws {
        var late = try order("1", "UNPAID", at: 0)
        late.receivedAt = late.receivedAt.advanced(bySeconds: 3000)
        try keep([late], .outsideTolerance)
        #expect(try release() == report { $0.refused = ["outside_tolerance": 1] })
        #expect(try release(acceptsLate: true) == report { $0.released = 1 })
    }

    /// The same bytes, whenever they came: signed ids, and bodies that may repeat.
    @Test func theSameBytesHaveArrived() throws {
        let provider = try #require(ProviderRegistry.named("woocommerce"))
        let topic = [("x-wc-webhook-topic", "order.deleted"), ("x-wc-webhook-source", "https://shop.example/")]
        let body = try JSONValue(parsing: Array(#"{"id":7}"#.utf8))
        let early = try Guide.delivery(body, headers: topic, by: provider, at: Self.begin)
        let source = try #require(settings.source(named: "woo"))
        _ = try ledger.record(
            Recordable(source.contract.verify(early), from: source, by: provider, settings: settings))
        var again = early
        again.requestID = "fedcba9876543210"
        again.receivedAt = Self.begin.advanced(bySeconds: 3000)
        try keep([again], source: "woo", provider: "woocommerce")
        #expect(try release("woo", isDry: true) == report { $0.arrived = 1 })
        #expect(try release("woo") == report { $0.arrived = 1 })
        #expect(try ledger.value("select count(*) from events") == "1")
        #expect(try states() == "arrived 1")
    }

    @Test func aReleasedStateDoesNotOverwriteWhatWasSaidSince() throws {
        _ = try ledger.record(
            Guide.recordable(
                Guide.body("order_status_change", order: "1", status: "DELIVERED", at: Self.begin.seconds + 100),
                at: Self.begin.advanced(bySeconds: 100)))
        try keep([order("1", "UNPAID", at: 0)])
        #expect(try release() == report { $0.released = 1 })
        #expect(try ledger.value("select status from order_list where order_id = '1'") == "DELIVERED")
    }

    @Test func aDeletionWithoutATimeDoesNotOverwriteWhatWasSaidSince() throws {
        let provider = try #require(ProviderRegistry.named("woocommerce"))
        let source = try #require(settings.source(named: "woo"))
        func delivery(_ topic: String, _ text: String, at seconds: Int64) throws -> Delivery {
            let headers = [("x-wc-webhook-topic", topic), ("x-wc-webhook-source", "https://shop.example/")]
            return try Guide.delivery(
                JSONValue(parsing: Array(text.utf8)), headers: headers, by: provider,
                at: Self.begin.advanced(bySeconds: seconds))
        }
        let updated = try delivery(
            "order.updated",
            #"{"id":7,"status":"processing","date_modified_gmt":"2026-01-01T10:00:00","total":"5.00"}"#,
            at: 100)
        _ = try ledger.record(
            Recordable(source.contract.verify(updated), from: source, by: provider, settings: settings))
        try keep(
            [delivery("order.deleted", #"{"id":7}"#, at: 0), delivery("order.deleted", #"{"id":8}"#, at: 10)],
            source: "woo", provider: "woocommerce")
        #expect(try release("woo", isDry: true) == report { ($0.released, $0.superseded) = (1, 1) })
        #expect(try release("woo") == report { ($0.released, $0.superseded) = (1, 1) })
        #expect(try ledger.value("select status from order_list where order_id = '7'") == "processing")
        #expect(try ledger.value("select state from quarantine order by id limit 1") == "superseded")
    }

    /// A password is never stored; its keyed hash is compared.
    @Test func aCredentialIsComparedByItsHash() throws {
        let source = try #require(settings.source(named: "by-header"))
        for (number, word) in [Self.word, "another-word"].enumerated() {
            let delivery = Delivery(
                requestID: "r\(number)", receivedAt: Self.begin, path: "/h", headers: HeaderFields([("x-token", word)]),
                body: Array(#"{"n":\#(number)}"#.utf8), remoteAddress: "127.0.0.1")
            let presented = try #require(
                source.contract.provider.scheme.presentedCredential(delivery, credentials: [:]))
            #expect(presented.equals(SecretBytes(utf8: word)))
            try keep(
                [source.masked(delivery)], source: "by-header", provider: source.contract.provider.name,
                credential: CredentialHash(of: presented, by: Self.key.credentialKey))
        }
        #expect(try ledger.value("select count(*) from quarantine where headers::text like '%-%word%'") == "0")
        #expect(try release("by-header", key: nil) == report { $0.refused = ["no_secret_matched": 2] })
        #expect(
            try release("by-header") == report { ($0.released, $0.refused) = (1, ["no_secret_matched": 1]) })
    }

    /// kill -9 between the commit of the events and the end of their quarantine, and two releases at once.
    @Test func aReleaseThatIsInterruptedOrRunsTwiceDoublesNothing() throws {
        try keep((0..<300).map { try order("\($0)", "UNPAID", at: Int64($0)) })
        // The events are committed, their rows are not yet decided.
        try ledger.superuser.execute(
            """
            create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
            create trigger die before update on quarantine for each row execute function die()
            """)
        #expect(throws: PostgresError.self) { try release() }
        let first = try ledger.value("select count(*) from events")
        #expect(first == "100")
        try ledger.superuser.execute("drop trigger die on quarantine")
        let reports = Locked<[Release.Report]>([])
        let failures = Locked<[String]>([])
        let threads = try (0..<2).map { number in
            try Platform.Thread(name: "release-\(number)") { [settings, database = ledger.database] in
                do {
                    let one = try Self.release("tiktok-shop", settings, database)
                    reports.withLock { $0.append(one) }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.withLock { $0 } == [])
        #expect(reports.withLock { $0 }.map(\.released).reduce(0, +) == 300)
        #expect(reports.withLock { $0 }.allSatisfy { $0.arrived == 0 && $0.failed == 0 })
        #expect(try ledger.value("select count(*) || ' ' || count(distinct subject) from events") == "300 300")
        #expect(try ledger.value("select count(*) from jobs") == "300")
    }
}
