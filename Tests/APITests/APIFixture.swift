import Actions
import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import Providers
import Settings
import Testing
import Webhooks

@testable import API

/// The API on a database of its own, with the rights that the responder has there.
struct APIFixture {
    static let now = Timestamp(microseconds: SystemClock.wallMicroseconds())

    let database: String
    /// Nil for a database that another fixture made.
    private let owned: TemporaryDatabase?
    let settings: Settings
    let superuser: Connection
    let connection: Connection
    /// Takes no writes, as a standby takes none.
    let standby: Connection
    let api: API

    /// - Parameters:
    ///   - more: further lines of the configuration.
    ///   - privacy: whether an order that is cancelled has somebody redacted.
    init(_ more: String = "", privacy: Bool = false) throws {
        let made = try SharedCluster.temporaryDatabase()
        (database, owned) = (made.name, made)
        settings = try Self.settings(more, privacy: privacy)
        superuser = try Self.connect(database, "postgres")
        (connection, standby) = try Self.sessions(database)
        api = API(settings: settings)
    }

    /// On a database that there is.
    init(of database: String) throws {
        (self.database, owned) = (database, nil)
        settings = try Self.settings("")
        superuser = try Self.connect(database, "postgres")
        (connection, standby) = try Self.sessions(database)
        api = API(settings: settings)
    }

    /// On a router that there is.
    init(of database: String, cells: [String]) throws {
        (self.database, owned) = (database, nil)
        let entries = cells.map { "\($0): \"dbname=\($0)\"" }.joined(separator: ", ")
        settings = try Self.settings("database: { conninfo: \"dbname=\(database)\", cells: { \(entries) } }")
        superuser = try Self.connect(database, "postgres")
        (connection, standby) = try Self.sessions(database)
        api = API(settings: settings)
    }

    private static func sessions(_ database: String) throws -> (Connection, Connection) {
        let standby = try connect(database, "hookledger_api")
        try standby.execute("set default_transaction_read_only = on")
        return (try connect(database, "hookledger_api"), standby)
    }

    static func settings(_ more: String, privacy: Bool = false) throws -> Settings {
        let forget = ", { name: forget, when: { order.status: CANCEL }, do: [forget] }"
        let yaml = """
            sources:
              shop: { providers: [tiktok_shop_guide], verification: none, paths: [/webhook/tiktok] }
              other: { providers: [tiktok_shop_guide], verification: none, paths: [/webhook/other] }
              comments: { providers: [tiktok_comments_guide], verification: none, paths: [/webhook] }
              roms: { providers: [roms], verification: none, paths: [/api/v2/webhooks/orders] }
            actions: { erp: { kind: http, url: "https://erp.test" }, forget: { kind: redact } }
            rules: [ { name: sent, when: { order.status: AWAITING_SHIPMENT }, do: [erp] }\(privacy ? forget : "") ]
            \(more)
            """
        return try Settings.load(
            path: "hookledger.yaml",
            from: SettingsInput(
                variable: { _ in nil },
                readFile: { $0 == "hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil }),
            kinds: ActionTable.kinds, now: now)
    }

    static func connect(_ database: String, _ role: String) throws -> Connection {
        try Connection(
            conninfo: SharedCluster.get().conninfo(user: role, database: database), applicationName: "hookledger-tests",
            settings: [("search_path", "hookledger"), ("statement_timeout", "20s")], queryDeadline: .seconds(30))
    }

    /// A request that a client sends.
    func request(
        _ method: String, _ target: String, token: String? = nil, body: String = "",
        headers: [(name: String, value: String)] = [], host: String = "localhost", from peer: String = "127.0.0.1"
    ) -> Delivery {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var fields = HeaderFields(headers)
        if let token { fields.append(name: "authorization", value: "Bearer \(token)") }
        if !body.isEmpty, fields["content-type"] == nil {
            fields.append(name: "content-type", value: "application/json")
        }
        return Delivery(
            requestID: "r", receivedAt: Timestamp(microseconds: SystemClock.wallMicroseconds()), method: method,
            host: host, path: String(parts.first ?? ""), query: parts.count > 1 ? String(parts[1]) : "",
            headers: fields, body: Array(body.utf8), remoteAddress: peer)
    }

    func answer(_ request: Delivery) -> Answer { api.answer(request, over: connection, standby: { standby }).answer }

    /// The JSON of an answer that must be 200.
    func get(_ target: String, token: String) throws -> JSONValue {
        let answer = answer(request("GET", target, token: token))
        try #require(answer.status == 200, "\(target): \(answer.text)")
        return try answer.json()
    }

    /// A token, made as `hookledger token` makes it.
    func token(
        _ scope: APITokens.Scope, _ name: String? = nil, sources: [String]? = nil, expires: Timestamp? = nil
    ) throws -> String {
        try APITokens.create(
            name ?? scope.rawValue, scopes: [scope], sources: sources, expires: expires, by: "cli:test",
            on: Self.connect(database, "hookledger_operator"))
    }

    /// A delivery of an order, verified by the policy of its source.
    func order(_ id: String, _ status: String = "UNPAID", source name: String = "shop") throws -> Recordable {
        let source = try #require(settings.source(named: name))
        let body = """
            {"timestamp":1735380000,"type":"order_created","shop_id":"shop_1",
            "data":{"order_id":"\(id)","order_status":"\(status)","total_amount":49.98,"items":[]}}
            """
        return try recordable(body, source)
    }

    func recordable(_ body: String, _ source: SourceSettings) throws -> Recordable {
        let delivery = Delivery(
            requestID: "0123456789abcdef", receivedAt: Timestamp(microseconds: SystemClock.wallMicroseconds()),
            path: source.paths.first ?? "/",
            headers: HeaderFields([("x-signature", "abcdef"), ("user-agent", "test")]),
            body: Array(body.utf8), remoteAddress: "192.0.2.1")
        return try Recordable(
            source.contract.verify(delivery), from: source, by: source.contract.provider, settings: settings)
    }

    /// Stores deliveries, each in a transaction of its own.
    @discardableResult
    func store(_ deliveries: [Recordable]) throws -> [Int64] {
        let writer = try LedgerWriter(
            conninfo: SharedCluster.get().conninfo(user: "hookledger_ingest", database: database),
            deadline: .seconds(20))
        return try deliveries.map { try #require(writer.record([$0]).first).get().eventID }
    }

    /// Stores a refusal.
    func refuse(_ kind: Refusal.Kind = .noSecretMatched) throws {
        let delivery = request("POST", "/webhook/tiktok", body: "{\"forged\":true}")
        let refused = RefusedDelivery(delivery, source: "shop", refusal: Refusal(kind, "for a test"), status: 401)
        try RefusedDelivery.write([refused], over: Self.connect(database, "hookledger_ingest"))
    }

    /// Makes all open jobs dead letters.
    func killJobs() throws {
        try superuser.execute(
            "update jobs set state = 2, attempt = 4, last_error = 'answered 404', first_failed_at = now()")
    }
}

extension Answer {
    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> JSONValue { try JSONValue(parsing: body) }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
