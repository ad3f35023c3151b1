import Crypto
import Webhooks

extension Draft {
    /// Adds a signature as RFC 9421 has it, and the digest of the body where that is covered and not there yet.
    /// - Parameter rule: the covered components; the query is covered, too, where there is one.
    /// - Throws: `SigningError.missingHeader` when a covered header is not there.
    mutating func sign(
        _ rule: SignatureRule, by signer: Signer, keyID: String, credentials: [String: SecretBytes], at now: Timestamp
    ) throws(SigningError) {
        if rule.coversBody, headers[ContentDigest.header] == nil {
            headers.append(name: ContentDigest.header, value: ContentDigest.value(of: body))
        }
        var components = rule.components
        if url.contains("?"), !SignatureRule.components(with: "@query").contains(where: components.contains) {
            components.append("@query")
        }
        for name in components where !name.hasPrefix("@") && headers[name] == nil { throw .missingHeader(name) }
        var input = InnerList(items: components.map { FieldItem(value: .string($0)) })
        func add(_ name: String, _ value: BareItem) {
            input.parameters.all.append(FieldParameters.Parameter(name: name, value: value))
        }
        add("created", .integer(now.seconds))
        // A name beyond ASCII cannot be written there.
        if keyID.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { add("keyid", .string(keyID)) }
        if let tag = rule.tag { add("tag", .string(tag)) }
        let signature = MessageSignature(label: rule.label, input: input)
        guard let base = try? signature.base(of: RequestFields(self, credentials: credentials)) else {
            throw .noPlaceInBody
        }
        let code = try signer.code(of: [base])
        headers.append(name: MessageSignature.inputHeader, value: "\(rule.label)=\(input.text)")
        headers.append(name: MessageSignature.signatureHeader, value: "\(rule.label)=\(BareItem.bytes(code).text)")
    }
}
