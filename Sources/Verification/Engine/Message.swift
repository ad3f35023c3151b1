import Crypto
import Webhooks

extension Scheme {
    /// The signed bytes, in parts.
    /// - Throws: a refusal when a header that is signed is missing, or a credential that is signed is not configured.
    func message(
        of draft: Draft, body: BodyFields, timestamp: String?, credentials: [String: SecretBytes]
    ) throws(Refusal) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        for part in message {
            switch part {
            case .literal(let text): parts.append(Array(text.utf8))
            case .timestamp:
                guard let timestamp else { throw Refusal(.missingTimestamp, "the scheme \(name) signs a timestamp") }
                parts.append(Array(timestamp.utf8))
            case .header(let name):
                guard let value = draft.headers[name] else {
                    throw Refusal(.missingSignature, "the signed header \(name) is missing")
                }
                parts.append(Array(value.utf8))
            case .body: parts.append(draft.body)
            case .url: parts.append(Array(draft.url.utf8))
            case .method: parts.append(Array(draft.method.utf8))
            case .credential(let name):
                guard let credential = credentials[name], !credential.isEmpty else {
                    throw Refusal(.noUsableSecret, "the credential \(name) is missing or empty")
                }
                parts.append(credential.reveal())
            case .sortedFormFields: parts.append(body.sortedForm())
            case .jsonField(let path): parts.append(Array((body.json(at: path) ?? "").utf8))
            }
        }
        return parts
    }
}
