import JSON
import Jobs
import Ledger
import Outbound
import Postgres
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// Records what Printify has shipped as an event of the shop's order, by the door that deliveries come through, in the
/// transaction that ends the job. The rules of the order's source run.
///
/// The webhook only names Printify's order: the effect that submitted it says whose it is, and Printify's API says what is
/// shipped. Asking is harmless, so there is no effect to keep: the dedupe key makes the same parcels the same event.
struct TrackShipment: ConfiguredAction {
    static let kind = ActionKind("track_shipment", PrintifyAPI.keys)
    let name: String
    let retryPolicy: RetryPolicy
    let needsBody = true
    let needsFields = false
    private let api: PrintifyAPI
    /// The rules.
    private let settings: Settings

    /// For how long an order is looked for that the ledger does not know yet, in milliseconds: the webhook may come before
    /// the end of the job that submitted it is recorded.
    private static let patience: Int64 = 15 * 60_000
    /// The longest pause between two looks, in milliseconds.
    private static let pause: Int64 = 60_000

    /// - Returns: nil without a shop or token.
    init?(_ own: ActionSettings, in settings: Settings) {
        guard let api = PrintifyAPI(own) else { return nil }
        name = own.name
        retryPolicy = own.retry
        self.api = api
        self.settings = settings
    }

    var pace: Pace? { api.pace }
    var destination: String? { api.destination }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard subject.event.provider == "printify", let id = Self.order(subject.event.subject) else {
            return .ended(.skipped("the event is not one of Printify about an order"))
        }
        if let shop = subject.event.shopID, shop != api.shop {
            return .ended(.skipped("the order is of Printify's shop \(shop)"))
        }
        return .send(.request(api.get(order: id))) { reply, now in
            do throws(Judged) {
                return record(try PrintifyAPI.order(id, in: reply), id, subject, now)
            } catch {
                return .ended(error.outcome)
            }
        }
    }

    static func preview(_ settings: ActionSettings, of subject: PreviewSubject) -> String? {
        order(subject.subject).map {
            "GET \(PrintifyAPI.url(order: $0, settings)).json, then an event of the shop's order with its parcels"
        }
    }

    /// Printify's id of the order that an event is about.
    private static func order(_ subject: String?) -> String? {
        guard let subject, subject.hasPrefix("order:") else { return nil }
        let id = String(subject.dropFirst("order:".count))
        return PrintifyAPI.isPlain(id) ? id : nil
    }

    private func record(_ answer: JSONValue, _ id: String, _ subject: JobSubject, _ now: Timestamp) -> Step {
        .commit { job, connection throws(PostgresError) in
            let externalID = answer["metadata"]?["shop_order_id"]?.identifier
            guard let printed = try PrintedOrder.find(id, externalID, prefix: api.effectPrefix, on: connection) else {
                guard job.firstFailedAgo < Self.patience else {
                    return .skipped("no order of a shop was submitted as Printify's \(id)")
                }
                return .notYet(within: Self.pause, reason: "no order is known that was submitted as Printify's \(id)")
            }
            var shipped = ShippedParcels(printed.order.extra)
            shipped.add(answer: answer)
            if subject.event.trust == .verified, let body = try? JSONValue(parsing: subject.event.body) {
                shipped.add(webhook: body, isDelivered: subject.event.type == "package.delivered")
            }
            if shipped.parcels.isEmpty { return .skipped("nothing of the order is shipped") }
            let content = PrintifyShipment.Content(
                orderID: printed.order.id, shopKey: printed.order.shopKey, shopID: printed.shopID,
                saidAt: printed.saidAt ?? now,
                saidSequence: printed.saidSequence, printed: id, status: shipped.status(of: printed.order),
                isAllShipped: shipped.isAllShipped, parcels: shipped.parcels)
            let recordable: Recordable
            do throws(Refusal) {
                recordable = try self.recordable(content, subject, now, source: printed.order.source)
            } catch {
                return .bury("the answer cannot be recorded: \(error.reason)")
            }
            let receipt = try LedgerWriter.record(recordable, inTransactionOf: connection)
            return .done(externalID: "event \(receipt.eventID)", answer: receipt.isDuplicate ? "known before" : nil)
        }
    }

    private func recordable(
        _ content: PrintifyShipment.Content, _ subject: JobSubject, _ now: Timestamp, source: String
    ) throws(Refusal) -> Recordable {
        let contract = PrintifyShipment()
        let delivery = Delivery(
            requestID: subject.event.requestID, receivedAt: now, method: "GET", path: "/fetched/\(name)",
            headers: HeaderFields(), body: content.body.serialized())
        // What was fetched is not signed: TLS and our own token vouch for it, and its origin says so.
        let verified = try contract.scheme.verify(delivery, keyring: Keyring(secrets: []), policy: .none, now: now)
        let normalized = try normalize(verified, by: contract)
        var terms = Recordable.Terms()
        terms.shopKey = content.shopKey
        let plan = RulePlan(normalized.event, source: source, origin: "fetched", settings: settings)
        return Recordable(
            source: source, normalized: normalized, jobs: plan.jobs.filter { $0.kind != kind }, origin: .fetched,
            terms: terms, revision: settings.revision)
    }
}

/// The shop's order that an order of Printify's is.
struct PrintedOrder {
    /// It as its row stands, locked.
    let order: StoredRecord
    /// The shop as its events name it; nil if they name none.
    let shopID: String?
    /// The time of the greatest clock of the row; nil for none.
    let saidAt: Timestamp?
    /// The sequence of that clock.
    let saidSequence: Int64

    /// Finds the order by the effect that submitted it, and locks its row.
    /// - Parameters:
    ///   - id: Printify's own.
    ///   - externalID: the name that it was submitted by, as Printify's API has it.
    ///   - prefix: see `PrintifyAPI.effectPrefix`.
    static func find(
        _ id: String, _ externalID: String?, prefix: String, on connection: Connection
    ) throws(PostgresError) -> PrintedOrder? {
        let found = try connection.query(
            "select * from hookledger.printed_order($1::text, $2::text, $3::text)",
            [.text(id), .text(externalID.map { prefix + $0 }), .text(prefix)]
        ).first
        guard let found, let row = try found.optionalBigint("order_row") else { return nil }
        var fields = JSONObject()
        fields["stage"] = try found.optionalText("stage").map(JSONValue.string)
        fields["status"] = try found.optionalText("status").map(JSONValue.string)
        let extra = (try? JSONValue(parsing: Array(try found.text("extra").utf8)))?.object ?? JSONObject()
        return PrintedOrder(
            order: StoredRecord(
                row: row, source: try found.text("source"), id: try found.text("order_id"),
                shopKey: try found.text("shop_key"), fields: fields, extra: extra),
            shopID: try found.optionalText("shop_id"),
            saidAt: try found.optionalBigint("said_at").map { Timestamp(microseconds: $0) },
            saidSequence: try found.optionalBigint("said_sequence") ?? 0)
    }
}
