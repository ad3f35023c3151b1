import JSON
import Jobs
import Outbound
import Postgres
import Settings
import Webhooks

/// Takes the sold quantities off the inventory, and puts them back when the order is cancelled.
///
/// Each line of an order is sold once and returned once, however often its events come: the movement's key is the
/// effect, and it is written in the transaction that ends the job. A line is returned only if it was sold, with the
/// quantity that was taken then.
struct Inventory: Action {
    let name: String
    let kind = "inventory"
    let retryPolicy: RetryPolicy
    let doubt = Doubt.repeatable
    private let lowStock: Int?
    private let alertThrough: [String]

    /// - Parameter alertThrough: the actions that tell people when stock is low.
    init(_ settings: ActionSettings, alertThrough: [String]) {
        self.init(
            name: settings.name, lowStock: settings.integer("low_stock"), alertThrough: alertThrough,
            retryPolicy: RetryPolicy(settings))
    }

    /// - Parameter lowStock: people are told when what is left falls to this or below; nil never tells.
    init(
        name: String, lowStock: Int? = nil, alertThrough: [String] = [], retryPolicy: RetryPolicy = RetryPolicy()
    ) {
        self.name = name
        self.lowStock = lowStock
        self.alertThrough = alertThrough
        self.retryPolicy = retryPolicy
    }

    func effectKey(for subject: JobSubject) -> String? { nil }

    func prepare(_ subject: JobSubject, now: Timestamp) -> Preparation {
        guard let order = subject.order else { return .finished(.bury("the event is about no order")) }
        let lines = Self.lines(order)
        guard !lines.isEmpty else { return .finished(.skipped("the order has no lines")) }
        let isCancelled = Self.isCancelled(subject)
        let occurredAt = subject.event.occurredAt ?? subject.event.receivedAt
        let (lowStock, alertThrough) = (lowStock, alertThrough)
        return .finished(
            .write(
                DatabaseChange { job, connection throws(PostgresError) in
                    let movements = InventoryMovements(order, job: job, occurredAt: occurredAt, on: connection)
                    let moved = isCancelled ? try movements.giveBack(lines) : try movements.sell(lines)
                    if let lowStock {
                        for item in moved
                        where item.left <= Double(lowStock) && item.left + item.taken > Double(lowStock) {
                            let note = "Low stock: \(item.name) has \(item.leftText) left after order \(order.orderID)."
                            try Alerts.raise(note, about: job, through: alertThrough, on: connection)
                        }
                    }
                    let word = isCancelled ? "returned" : "sold"
                    return moved.isEmpty
                        ? .skipped(isCancelled ? "nothing of it was sold" : "all of it was taken before")
                        : .done(answer: "\(moved.count) lines \(word)")
                }))
    }

    func judge(_ result: Result<HTTPResponse, OutboundFailure>, of subject: JobSubject) -> Outcome {
        .bury("the inventory takes no request")
    }

    /// Whether the order is off: by its status now, or by the event.
    private static func isCancelled(_ subject: JobSubject) -> Bool {
        if let order = subject.order, let status = order.fields["status"]?.string?.lowercased() {
            return order.isCancelled || ["refunded", "voided"].contains(status)
        }
        return subject.event.type == "order.cancelled"
    }

    private static func lines(_ order: JobOrder) -> [InventoryMovements.Line] {
        (order.fields["items"]?.array ?? []).enumerated().compactMap { place, item in
            let quantity = item["quantity"]?.integer ?? 1
            guard quantity > 0, item["product_id"]?.string != nil || item["sku"]?.string != nil else { return nil }
            return InventoryMovements.Line(
                id: item["line_id"]?.string ?? "#\(place + 1)", productID: item["product_id"]?.string,
                variantID: item["variant_id"]?.string, sku: item["sku"]?.string, quantity: quantity)
        }
    }
}
