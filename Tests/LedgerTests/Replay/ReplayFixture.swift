import Actions
import JSON
import Ledger
import LedgerSupport
import Postgres
import Settings
import Testing
import Webhooks

/// A ledger with orders in it, and replays of them by the rules of a configuration.
struct ReplayFixture {
    let ledger: LedgerFixture
    let settings: Settings

    init(rules: String = "[ { name: sent, when: { order.status: AWAITING_SHIPMENT }, do: [ops, erp] } ]") throws {
        ledger = try LedgerFixture()
        settings = try Self.settings(rules)
    }

    static func settings(_ rules: String) throws -> Settings {
        let yaml = """
            sources: { tiktok-shop: { providers: [tiktok_shop_guide], verification: none } }
            actions:
              ops: { kind: http, url: "https://ops.test" }
              erp: { kind: http, url: "https://erp.test" }
              forget: { kind: redact }
              tell: { kind: data_request, folder: /nonexistent }
            rules: \(rules)
            """
        return try Settings.load(
            path: "hookledger.yaml",
            from: SettingsInput(
                variable: { _ in nil },
                readFile: { $0 == "hookledger.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil }),
            kinds: ActionTable.kinds, now: Guide.now)
    }

    /// Stores one event for each order, without jobs, a second after another.
    func store(_ orders: Int, status: String = "AWAITING_SHIPMENT") throws -> [Int64] {
        try (0..<orders).map { order in
            try ledger.record(
                Guide.recordable(
                    Guide.body("order_created", order: "O\(order)", status: status, at: 1_735_380_000 + Int64(order)),
                    at: Timestamp(microseconds: Guide.now.microseconds + Int64(order) * 1000), action: nil)
            ).eventID
        }
    }

    func request(_ run: String = "r1", _ change: (inout ReplayRequest) -> Void = { _ in }) -> ReplayRequest {
        var request = ReplayRequest(run: run, actor: "cli:test")
        change(&request)
        return request
    }

    /// Replays over a connection of its own, with the rights of that role.
    func replay(
        _ request: ReplayRequest, _ filter: EventFilter = EventFilter(), as role: String = "hookledger_operator",
        until shouldStop: () -> Bool = { false }
    ) throws -> (report: ReplayReport, events: [ReplayedEvent]) {
        var events: [ReplayedEvent] = []
        let report = try Replay(request, settings: settings, over: ledger.connect(as: role)).run(
            filter, now: Guide.now.advanced(bySeconds: 60), until: shouldStop, replayed: { events.append($0) })
        return (report, events)
    }

    func filter(_ change: (inout EventFilter) -> Void) -> EventFilter {
        var filter = EventFilter()
        change(&filter)
        return filter
    }
}
