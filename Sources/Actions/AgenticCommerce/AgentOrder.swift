import JSON
import Jobs
import Providers
import Rules
import Webhooks

/// A whole order as both protocols of agentic commerce need it, read from its row.
struct AgentOrder {
    /// Why an order is not sent.
    struct Objection: Error, Hashable {
        let reason: String
    }

    /// One line of it.
    struct Line {
        let id: String
        let title: String
        /// The shop's article number, or the product's id.
        let product: String?
        let imageURL: String?
        let ordered: Int64
        /// In minor units; nil where the sender gives none.
        let unitPrice: Int64?

        /// In minor units.
        var subtotal: Int64? {
            guard let product = unitPrice?.multipliedReportingOverflow(by: ordered), !product.overflow else {
                return nil
            }
            return product.partialValue
        }
    }

    let id: String
    let number: String?
    /// Three letters, in upper case.
    let currency: String
    let lines: [Line]
    /// The stage, as all senders have it; nil where the status says none.
    let stage: String?
    /// The sender's own word.
    let status: String?
    let parcels: [Parcel]
    let isAllShipped: Bool
    /// In minor units.
    let shipping: Int64?
    /// In minor units, as it was charged.
    let total: Int64?
    /// In minor units; 0 for none.
    let refunded: Int64
    /// When the order last changed, by its sender; nil where that is not known.
    let changedAt: Timestamp?
    let address: JSONValue?
    let customerName: String?

    /// - Throws: what it lacks.
    init(_ order: StoredRecord) throws(Objection) {
        let fields = order.fields
        guard let currency = fields["currency"]?.string, currency.utf8.count == 3,
            currency.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) })
        else { throw Objection(reason: "the order has no currency") }
        self.currency = currency.uppercased()
        id = order.id
        number = fields["order_number"]?.string
        stage = fields["stage"]?.string
        status = fields["status"]?.string
        let shipped = ShippedParcels(order.extra)
        var parcels = shipped.parcels
        for number in fields["tracking_numbers"]?.array ?? [] where parcels.count < Parcel.most {
            guard let parcel = Parcel(["number": number]), !parcels.contains(where: { $0.number == parcel.number })
            else { continue }
            parcels.append(parcel)
        }
        self.parcels = parcels
        isAllShipped = shipped.isAllShipped || stage == "shipped" || stage == "delivered"
        shipping = MinorUnits.amount(fields["shipping_fee"], of: currency)
        total = MinorUnits.amount(fields["total_amount"], of: currency)
        refunded = MinorUnits.amount(fields["refunded_amount"], of: currency).map(abs) ?? 0
        let times = ["changed_at", "placed_at"].compactMap { fields[$0]?.string }
        changedAt = times.lazy.compactMap { Timestamp(rfc3339: $0) }.first
        address = fields["shipping_address"]
        customerName = fields["customer_name"]?.string
        var lines: [Line] = []
        for (place, item) in (fields["items"]?.array ?? []).enumerated() {
            let line = try Self.line(item, place + 1, currency)
            if line.ordered > 0 { lines.append(line) }
        }
        self.lines = lines
    }

    private static func line(_ item: JSONValue, _ place: Int, _ currency: String) throws(Objection) -> Line {
        let id = item["line_id"]?.string ?? "line-\(place)"
        let quantity = item["quantity"]
        guard let ordered = quantity == nil || quantity == .null ? 1 : quantity?.integer else {
            throw Objection(reason: "the line \(id) has a quantity that is not a whole number")
        }
        let product = item["sku"]?.string ?? item["product_id"]?.string
        return Line(
            id: id, title: item["product_name"]?.string ?? product ?? id, product: product,
            imageURL: item["image_url"]?.string, ordered: ordered,
            unitPrice: MinorUnits.amount(item["unit_price"], of: currency))
    }

    var isCancelled: Bool { stage == "cancelled" }

    /// How many of a line are wanted now.
    func current(_ line: Line) -> Int64 { isCancelled ? 0 : line.ordered }

    /// How many of a line are on their way; which ones a part of the parcels holds is not known.
    func fulfilled(_ line: Line) -> Int64 { isAllShipped && !isCancelled ? line.ordered : 0 }

    /// The word for a line's progress, which both protocols derive in the same way.
    func progress(_ line: Line) -> String {
        if current(line) == 0 { return "removed" }
        return fulfilled(line) == current(line) ? "fulfilled" : "processing"
    }

    /// The sum of the lines; nil where one has no price.
    var subtotal: Int64? {
        var sum: Int64 = 0
        for line in lines {
            guard let subtotal = line.subtotal else { return nil }
            let (next, overflows) = sum.addingReportingOverflow(subtotal)
            if overflows { return nil }
            sum = next
        }
        return sum
    }

    /// What of the total is neither lines nor shipping: taxes and fees where it is positive, discounts where it is negative.
    var remainder: Int64 {
        guard let total, let subtotal else { return 0 }
        return total - subtotal - (shipping ?? 0)
    }

    /// A text of the address; nil where it has none.
    func address(_ key: String) -> String? {
        guard let text = address?[key]?.string?.trimmed, !text.isEmpty else { return nil }
        return String(text)
    }
}
