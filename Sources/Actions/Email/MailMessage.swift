import Webhooks

/// A message with a text and an HTML form (RFC 5322, MIME multipart/alternative). The same parts always give the same
/// bytes.
struct MailMessage {
    var from: MailAddress
    var to: MailAddress
    var replyTo: MailAddress?
    var subject: String
    var text: String
    var html: String?
    /// Without angle brackets.
    var id: String
    var date: Timestamp

    var bytes: [UInt8] {
        var lines = [
            "Date: \(Self.date(date))", "From: \(from.header)", "To: \(to.header)",
            "Subject: \(HeaderText.unstructured(subject))", "Message-ID: <\(id)>", "MIME-Version: 1.0",
            // So that no holiday notice answers (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
        if let replyTo { lines.append("Reply-To: \(replyTo.header)") }
        if let html {
            // No line of quoted-printable begins so: "=_" is no escape.
            let boundary = "=_" + id.prefix { $0 != "@" }
            lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
            lines += ["--\(boundary)"] + Self.part("plain", text) + ["--\(boundary)"] + Self.part("html", html)
            lines += ["--\(boundary)--", ""]
        } else {
            lines += Self.part("plain", text) + [""]
        }
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func part(_ kind: String, _ text: String) -> [String] {
        [
            "Content-Type: text/\(kind); charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            QuotedPrintable.encode(text),
        ]
    }

    /// RFC 5322 section 3.3: `Wed, 25 Nov 2026 09:00:00 +0000`.
    static func date(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        func number(_ start: Int, _ length: Int) -> Int {
            Int(text.dropFirst(start).prefix(length)) ?? 0
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday.
        let seconds = moment.seconds
        let day = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)
        let month = months[max(0, min(11, number(5, 2) - 1))]
        return "\(days[(day % 7 + 7) % 7]), \(number(8, 2)) \(month) \(number(0, 4)) "
            + text.dropFirst(11).prefix(8) + " +0000"
    }
}
