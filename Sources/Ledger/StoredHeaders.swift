import JSON
import Webhooks

extension HeaderFields {
    /// The stored header fields: an array of `[name, value]`, without anything that would let a reader of the database
    /// log in somewhere. The scheme's own credentials are masked before. A signature stays: it is worthless without its
    /// body, and `events verify` needs it.
    var storedText: String {
        var pairs: [(String, String)] = []
        pairs.reserveCapacity(fields.count)
        for field in fields where !field.isCredential { pairs.append((field.name, field.value)) }
        return JSONValue.storableText(ofPairs: pairs)
    }
}

extension HeaderFields.Field {
    fileprivate var isCredential: Bool {
        // Nearly every name differs in its length already.
        switch name.utf8.count {
        case 6: name == "cookie"
        case 9: name == "x-api-key"
        case 19: name == "proxy-authorization"
        case 13:
            name == "authorization"
                && ["basic ", "bearer ", "digest ", "negotiate "].contains { value.lowercased().hasPrefix($0) }
        default: false
        }
    }
}
