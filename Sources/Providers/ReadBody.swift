import JSON
import Webhooks

/// A body as JSON, also if it is wrapped.
///
/// Some senders post JSON as the field `payload` of a form: GitHub by its default content type, Slack for interactions.
/// No JSON text begins with that name, so no header is needed to recognize it.
struct ReadBody {
    /// nil when it is no JSON.
    let json: JSONValue?
    /// The top members with characters that were not sent as UTF-8: what they hold is a second reading.
    let repaired: [String]
    /// Whether it is a form around the JSON.
    let isWrapped: Bool

    init(_ bytes: [UInt8]) {
        var text = bytes
        var isWrapped = false
        if bytes.starts(with: Self.field), let inner = FormFields(bytes).first("payload") {
            text = Array(inner.utf8)
            isWrapped = true
        }
        let read = try? JSONValue.repaired(parsing: text)
        json = read?.value
        repaired = read?.members ?? []
        self.isWrapped = isWrapped && json != nil
    }

    /// The object of a contract without a form around its JSON; nil if the body is not one.
    var bareObject: JSONObject? { isWrapped ? nil : json?.object }

    private static let field = Array("payload=".utf8)
}
