import JSON
import Webhooks

extension HeaderFields {
    /// The stored header fields: an array of `[name, value]`, without anything that would let a reader of the database
    /// log in somewhere. The scheme's own credentials are masked before. A signature stays: it is worthless without its
    /// body, and `events verify` needs it.
    var storedText: String {
        JSONValue.storableText(ofPairs: fields.filter { !$0.isCredential }.map { ($0.name, $0.value) })
    }
}

extension HeaderFields.Field {
    fileprivate var isCredential: Bool {
        switch name {
        case "cookie", "proxy-authorization", "x-api-key": true
        case "authorization":
            ["basic ", "bearer ", "digest ", "negotiate "].contains { value.lowercased().hasPrefix($0) }
        default: false
        }
    }
}
