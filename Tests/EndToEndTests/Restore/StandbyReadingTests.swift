import Actions
import JSON
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import StackSuite
import Testing
import Webhooks

@testable import API
@testable import Responder

/// The REST API reads from a standby if the configuration says so.
@Suite(.place, .serialized) struct StandbyReadingTests {
    private func settings(_ host: SpoolHost, reader: String) throws -> Settings {
        let text = """
            database: { conninfo: "\(host.cluster.conninfo())", roles: { reader: "\(reader)" } }
            sources: { shop: { providers: [tiktok_shop_guide], verification: none, paths: [/webhook/tiktok] } }
            """
        return try Settings.load(
            path: "hookledger.yaml",
            from: SettingsInput(
                variable: { _ in nil },
                readFile: { $0 == "hookledger.yaml" ? .bytes(Array(text.utf8)) : .absent }, fileMode: { _ in nil }),
            kinds: ActionTable.kinds, now: SystemClock.now)
    }

    private func get(_ target: String, _ token: String) -> Delivery {
        let parts = target.split(separator: "?", maxSplits: 1)
        return Delivery(
            requestID: "r", receivedAt: Timestamp(microseconds: SystemClock.wallMicroseconds()), method: "GET",
            host: "localhost", path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: HeaderFields([(name: "authorization", value: "Bearer \(token)")]), body: [],
            remoteAddress: "192.0.2.1")
    }

    @Test func everyRouteThatReadsIsAnsweredByTheStandbyAndByThePrimaryWhenThatIsAway() throws {
        let host = try SpoolHost(withStandby: true)
        defer { host.end() }
        let second = try #require(host.standby)
        #expect(host.post("first").status == 200)
        #expect(
            try eventually {
                try Connection(conninfo: second.conninfo(), applicationName: "hookledger-tests").query(
                    "select count(*) from hookledger.orders"
                ).only().int(0) == 1
            })
        let reader =
            "host=\(second.layout.sockets),\(host.cluster.layout.sockets) dbname=postgres user=hookledger_reader "
            + "target_session_attrs=prefer-standby"
        let settings = try settings(host, reader: reader)
        let standby = try #require(settings.database.apiReading).conninfo
        let token = try APITokens.create(
            "all", scopes: [.admin, .read, .replay], sources: nil, expires: nil, by: "cli:test",
            on: Connection(
                conninfo: host.cluster.conninfo(user: "hookledger_operator"), applicationName: "hookledger-tests",
                settings: [("search_path", "hookledger")]))
        // A token is found by the primary, and so at once.
        var sessions = APISessions(
            .init(primary: host.cluster.conninfo(user: "hookledger_api"), standby: standby))
        #expect(sessions.standby()?.server?.role == .standby)
        let primary = try sessions.primary()
        let api = API(settings: settings)
        var asked = 0
        for route in RouteTable.routes where route.readsAnywhere && !route.template.contains("{") {
            let answer = api.answer(get(route.template, token), over: primary, standby: { sessions.standby() })
            // Some need a parameter.
            #expect([200, 400].contains(answer.answer.status) && answer.fault == nil, "\(route.template): \(answer)")
            // Without a fault of the standby, which would lead to the primary.
            let alone = api.answer(get(route.template, token), over: primary, standby: { nil })
            #expect(alone.answer.status == answer.answer.status, "\(route.template)")
            asked += 1
        }
        #expect(asked > 10)

        second.stop()
        let orders = api.answer(get("/api/v2/session", token), over: primary, standby: { sessions.standby() })
        #expect(orders.answer.status == 200, "\(orders)")
        // prefer-standby leads to the primary as well.
        #expect(sessions.standby()?.server?.role != .standby)
    }

    @Test func aReaderOnThePrimaryChangesNothing() throws {
        let host = try SpoolHost()
        defer { host.end() }
        let plain = "host=\(host.cluster.layout.sockets) dbname=postgres user=hookledger_reader"
        #expect(try settings(host, reader: plain).database.apiReading == nil)
    }
}
