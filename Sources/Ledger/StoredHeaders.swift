import JSON
import Webhooks

extension HeaderFields {
    /// The fields as they are stored: an array of `[name, value]`, without what would let a reader of the database
    /// log in somewhere, whatever the source: what its own scheme has for a credential is masked before. A signature stays: it is worth nothing without its body, and `events verify` needs it.
    var storedText: String {
        JSONValue.array(fields.filter { !$0.isCredential }.map { .array([.string($0.name), .string($0.value)]) })
            .storableText
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
