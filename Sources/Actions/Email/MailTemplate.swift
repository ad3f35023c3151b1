import JSON
import Jobs
import Rules
import Webhooks

/// The words of one kind of mail.
///
/// A file `templates/<name>.txt` in the folder of the configuration has the subject in its first line, an empty line,
/// and the text; `templates/<name>.html` the HTML. Beside the placeholders of ``Template`` they know `{items}` (the
/// order's lines), `{status_message}` (what the status means to a customer) and `{note}` (what an alert says).
struct MailTemplate: Sendable {
    let subject: Template
    let text: Template
    let html: Template?

    /// - Parameter read: gives the file of that name in the templates' folder; nil when there is none.
    /// - Returns: nil for a name that neither a file nor a default has.
    init?(named name: String, read: (String) -> String?) {
        let standard = Self.standard[name]
        if let file = read(name + ".txt") {
            let lines = file.drop { $0 == "\u{FEFF}" }.split(maxSplits: 1, omittingEmptySubsequences: false) {
                $0.isNewline
            }
            subject = Template(String(lines.first ?? ""))
            text = Template(String((lines.count > 1 ? lines[1] : "").drop { $0.isNewline }))
            html = read(name + ".html").map(Template.init)
        } else if let standard {
            subject = Template(standard.subject)
            text = Template(standard.text)
            html = Template(read(name + ".html") ?? standard.html)
        } else {
            return nil
        }
    }

    /// Whether it asks for the event's body.
    var needsBody: Bool { subject.needsBody || text.needsBody || html?.needsBody == true }

    /// Fills it in; what comes out of the order is escaped in HTML.
    func fill(_ subject: JobSubject) -> (subject: String, text: String, html: String?) {
        let plain = Self.values(subject, { $0 }) { $0.map { "- \($0)" }.joined(separator: "\n") }
        let marked = Self.values(subject, Self.escape) {
            $0.isEmpty ? "" : "<ul>" + $0.map { "<li>\(Self.escape($0))</li>" }.joined() + "</ul>"
        }
        return (
            self.subject.text(for: subject, more: plain, missing: "", escape: { $0 }),
            text.text(for: subject, more: plain, missing: "", escape: { $0 }),
            html?.text(for: subject, more: marked, missing: "", escape: Self.escape)
        )
    }

    private static func values(
        _ subject: JobSubject, _ escape: (String) -> String, _ list: ([String]) -> String
    ) -> [String: String] {
        let status = subject.order?.fields["status"]?.string ?? ""
        return [
            "items": list(lines(subject.order)), "status_message": escape(StatusPhrase.of(status)),
            "note": escape(subject.job.alert ?? ""),
        ]
    }

    private static func lines(_ order: StoredRecord?) -> [String] {
        (order?.fields["items"]?.array ?? []).map { item in
            let name = item["product_name"]?.string ?? item["sku"]?.string ?? item["product_id"]?.string ?? "?"
            let variant = item["variant_name"]?.string.map { " (\($0))" } ?? ""
            let price = item["unit_price"].map { ", \($0.string ?? $0.text) each" } ?? ""
            return "\(item["quantity"]?.identifier ?? "1") × \(name)\(variant)\(price)"
        }
    }

    static func escape(_ text: String) -> String {
        text.escapingScalars { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: nil
            }
        }
    }

    private static let standard: [String: (subject: String, text: String, html: String)] = [
        "order_confirmation": (
            "Your order {order.id}",
            "Thank you for your order {order.id}.\n\n{items}\n\nTotal: {order.total_amount} {order.currency}\n",
            "<p>Thank you for your order <b>{order.id}</b>.</p>{items}<p>Total: {order.total_amount} {order.currency}</p>"
        ),
        "status_update": (
            "Your order {order.id}: {order.status}",
            "Your order {order.id} is now: {order.status}. {status_message}\n",
            "<p>Your order <b>{order.id}</b> is now: {order.status}. {status_message}</p>"
        ),
        "welcome": (
            "Welcome", "Hello {customer.name},\n\nthank you for signing up.\n",
            "<p>Hello {customer.name},</p><p>thank you for signing up.</p>"
        ),
        "abandoned_cart": (
            "You left something in your cart",
            "Hello,\n\nyour cart is still there: {payload.abandoned_checkout_url}\n",
            "<p>Hello,</p><p>your <a href=\"{payload.abandoned_checkout_url}\">cart</a> is still there.</p>"
        ),
        "alert": ("Hookledger: {note}", "{note}\n", "<p>{note}</p>"),
    ]
}
