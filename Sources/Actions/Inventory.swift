import JSON
import Jobs
import Postgres
import Rules
import Settings
import Webhooks

/// Takes the sold quantities off the inventory, and puts them back when the order is cancelled.
///
/// Each line of an order is sold once and returned once, however often its events come: the movement's key is the
/// effect, and it is written in the transaction that ends the job. What is returned is what was sold, with the quantity
/// that was taken then, also of lines that the order has lost since.
struct Inventory: ConfiguredAction {
    let name: String
    static let kind = ActionKind(
        "inventory",
        [
            .init(
                "low_stock", .integer(0...1_000_000), standard: "no such alert",
                "Alerts when a sale leaves fewer than this many.")
        ])
    let retryPolicy: RetryPolicy
    private let lowStock: Int?
    private let alertThrough: [String]

    init(_ settings: ActionSettings, in all: Settings) {
        self.init(
            name: settings.name, lowStock: settings.integer("low_stock"),
            alertThrough: all.actions.filter(\.tellsAlerts).map(\.name), retryPolicy: settings.retry)
    }

    /// - Parameters:
    ///   - lowStock: an alert is sent when the stock falls to this or below; nil never sends one.
    ///   - alertThrough: the actions that send it.
    init(
        name: String, lowStock: Int? = nil, alertThrough: [String] = [], retryPolicy: RetryPolicy = .standard
    ) {
        self.name = name
        self.lowStock = lowStock
        self.alertThrough = alertThrough
        self.retryPolicy = retryPolicy
    }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        guard let order = subject.order else { return .ended(.bury("the event is about no order")) }
        let isCancelled = Self.isCancelled(subject)
        let lines = Self.lines(order)
        guard isCancelled || !lines.isEmpty else { return .ended(.skipped("the order has no lines")) }
        let occurredAt = subject.event.happenedAt
        let (lowStock, alertThrough) = (lowStock, alertThrough)
        return .commit { job, connection throws(PostgresError) in
            let movements = InventoryMovements(order, job: job, occurredAt: occurredAt, on: connection)
            if isCancelled {
                let returned = try movements.giveBack()
                return returned == 0
                    ? .skipped("none of it was sold") : .done(answer: "\(returned) lines returned")
            }
            let moved = try movements.sell(lines)
            if let lowStock {
                for item in moved
                where item.left <= Double(lowStock) && item.left + item.taken > Double(lowStock) {
                    let note = "Low stock: \(item.name) has \(item.leftText) left after order \(order.id)."
                    try Alerts.raise(note, about: job, through: alertThrough, on: connection)
                }
            }
            return moved.isEmpty
                ? .skipped("all of it was taken before") : .done(answer: "\(moved.count) lines sold")
        }
    }

    /// Whether the order is off: by its status now, or by the event.
    private static func isCancelled(_ subject: JobSubject) -> Bool {
        if let order = subject.order, let status = order.fields["status"]?.string?.lowercased() {
            return order.isCancelled || ["refunded", "voided"].contains(status)
        }
        return subject.event.type == "order.cancelled"
    }

    /// A line without an id of its own is known by what it sells, and by how many lines before it sell the same: its
    /// place changes when another line is taken out of the order.
    private static func lines(_ order: StoredRecord) -> [InventoryMovements.Line] {
        var same: [String: Int] = [:]
        return (order.fields["items"]?.array ?? []).enumerated().compactMap { place, item in
            let quantity = item["quantity"]?.identifier ?? "1"
            let (product, variant) = (item["product_id"]?.string, item["variant_id"]?.string)
            let sku = item["sku"]?.string
            guard Double(quantity).map({ $0 > 0 }) == true, product != nil || sku != nil else { return nil }
            let id = item["line_id"]?.string ?? "#\(place + 1)"
            let isPlace = isPlace(id)
            let sold = "#" + [product, variant, sku].map { $0 ?? "" }.joined(separator: "/")
            if isPlace { same[sold, default: 0] += 1 }
            return InventoryMovements.Line(
                id: isPlace ? "\(sold)/\(same[sold, default: 1])" : id, hasOwnID: !isPlace, productID: product,
                variantID: variant, sku: sku, quantity: quantity)
        }
    }

    /// Whether an id is what the ledger gives to a line without one: `#` and its place, and a mark where that was taken.
    private static func isPlace(_ id: String) -> Bool {
        let digits = id.dropFirst().prefix { $0.isASCII && $0.isNumber }
        return id.first == "#" && !digits.isEmpty && id.dropFirst(1 + digits.count).allSatisfy { $0 == "'" }
    }
}
