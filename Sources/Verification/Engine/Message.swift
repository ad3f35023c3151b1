import Crypto
import Webhooks

extension Scheme {
    /// The signed bytes, in parts; more than one message if senders write the URL in different ways.
    /// - Throws: a refusal if a signed header is missing, or a signed credential is not configured.
    func messages(
        of request: RequestFields, timestamp: String?, credentials: [String: SecretBytes],
        signature: MessageSignature? = nil
    ) throws(Refusal) -> [[[UInt8]]] {
        // Nil for the request's own URL, which is not made for a scheme that does not sign it.
        let urls: [String?] = portMayDiffer ? URLPorts.spellings(request.url) : [nil]
        var messages: [[[UInt8]]] = []
        for url in urls {
            var parts: [[UInt8]] = []
            parts.reserveCapacity(message.count)
            for part in message {
                if part == .signatureBase {
                    guard let signature else { throw Refusal(.missingSignature, "there is no signature-input") }
                    parts.append(try signature.base(of: request))
                    continue
                }
                parts.append(try bytes(of: part, request, url: url, timestamp: timestamp, credentials: credentials))
            }
            messages.append(parts)
        }
        return messages
    }

    private func bytes(
        of part: MessagePart, _ request: RequestFields, url: String?, timestamp: String?,
        credentials: [String: SecretBytes]
    ) throws(Refusal) -> [UInt8] {
        switch part {
        case .literal(let text): return Array(text.utf8)
        case .timestamp:
            guard let timestamp else { throw Refusal(.missingTimestamp, "the scheme \(name) signs a timestamp") }
            return Array(timestamp.utf8)
        case .header(let name):
            guard let value = request.headers[name] else {
                throw Refusal(.missingSignature, "the signed header \(name) is missing")
            }
            return Array(value.utf8)
        case .body: return request.body
        case .url: return Array((url ?? request.url).utf8)
        case .method: return Array(request.method.utf8)
        case .credential(let name):
            guard let credential = credentials[name], !credential.isEmpty else {
                throw Refusal(.noUsableSecret, "the credential \(name) is missing or empty")
            }
            return credential.reveal()
        case .sortedFormFields:
            guard let sorted = request.sortedForm else {
                throw ShapeLimits.refusal("fields", ShapeLimits.formFields)
            }
            return sorted
        case .jsonField(let path): return Array((request.jsonText(at: path) ?? "").utf8)
        case .jsonLines(let names):
            return names.flatMap { name in
                request.jsonText(at: [name]).map { Array("\(name)\n\($0)\n".utf8) } ?? []
            }
        case .signatureBase: return []
        case .bodyChecksum: return Array(String(CRC32.checksum(request.body)).utf8)
        }
    }

    /// The form of the contract that a request follows.
    func form(of request: RequestFields, credentials: [String: SecretBytes]) -> Scheme {
        forms.first { form in form.applies.allSatisfy { $0.holds(in: request, credentials: credentials) } } ?? self
    }
}
