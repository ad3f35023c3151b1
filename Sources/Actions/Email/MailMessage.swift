import CivilTime
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
            "Date: \(CivilDate.internetDate(microseconds: date.microseconds, zone: "+0000"))", "From: \(from.header)",
            "To: \(to.header)",
            "Subject: \(HeaderText.unstructured(subject))", "Message-ID: <\(id)>", "MIME-Version: 1.0",
            // Prevents automatic replies, such as holiday notices (RFC 3834).
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
}
