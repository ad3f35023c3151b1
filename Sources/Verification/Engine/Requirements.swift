import Crypto
import Webhooks

extension Requirement {
    /// Whether it holds.
    func holds(in request: RequestFields, credentials: [String: SecretBytes]) -> Bool {
        fault(in: request, credentials: credentials) == nil
    }

    /// Why it does not hold, in words for the operator; nil when it does.
    func fault(in request: RequestFields, credentials: [String: SecretBytes]) -> Refusal? {
        guard let text = request[field] else {
            return isOptional ? nil : Refusal(.malformedSignature, "there is no \(field)")
        }
        switch test {
        case .present: return nil
        case .oneLine:
            if text.utf8.allSatisfy({ $0 != 0x0A && $0 != 0x0D }) { return nil }
            return Refusal(.malformedSignature, "the \(field) has more than one line")
        case .digits(let count):
            if text.utf8.count == count, text.utf8.allSatisfy({ (48...57).contains($0) }) { return nil }
            return Refusal(.malformedSignature, "the \(field) is not \(count) digits")
        case .among(let texts):
            if texts.contains(where: { $0.lowercased() == text.lowercased() }) { return nil }
            return Refusal(.malformedSignature, "the \(field) is not \(texts.joined(separator: " or "))")
        case .https(let hosts):
            if hosts.contains(where: { $0.accepts(url: text) }) { return nil }
            let names = hosts.map(\.description).joined(separator: " or ")
            return Refusal(.malformedSignature, "the \(field) is not an https URL of \(names)")
        case .digestOfBody(let digest):
            if Hex.decode(text) == digest.hash(request.body) { return nil }
            return Refusal(.noSecretMatched, "the body does not match the digest in the \(field)")
        case .credential(let name):
            guard let credential = credentials[name], !credential.isEmpty else { return nil }
            let allowed = String(decoding: credential.reveal(), as: UTF8.self)
            if allowed.split(whereSeparator: { $0.isWhitespace || $0 == "," }).contains(text[...]) { return nil }
            return Refusal(.noSecretMatched, "the credential \(name) does not allow this \(field)")
        }
    }
}

extension RequestField: CustomStringConvertible {
    /// Such as `header webhook-id`.
    public var description: String {
        switch self {
        case .header(let name): "header \(name)"
        case .jsonField(let path): "field \(path.joined(separator: ".")) in a JSON body"
        case .query(let name): "query parameter \(name)"
        }
    }
}
