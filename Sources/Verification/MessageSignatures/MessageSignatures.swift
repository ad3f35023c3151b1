import Crypto
import Webhooks

/// The signatures of one delivery, by the headers `Signature-Input` and `Signature` (RFC 9421, section 4).
enum MessageSignatures {
    /// The signatures to try, each as the text of one: those that the scheme can accept, in the order of the header.
    /// - Returns: one that says what is wrong when there is none; nothing without both headers.
    static func texts(in request: RequestFields, _ scheme: Scheme, _ rule: SignatureRule) -> [SignatureText] {
        let (inputs, signatures) = (
            request.headers[MessageSignature.inputHeader], request.headers[MessageSignature.signatureHeader]
        )
        if inputs == nil, signatures == nil { return [] }
        func only(_ fault: Refusal) -> [SignatureText] { [SignatureText(fault: fault)] }
        guard let inputs, let signatures else {
            return only(Refusal(.malformedSignature, "signature-input and signature were not sent together"))
        }
        guard let input = StructuredFieldReader.dictionary(inputs) else {
            return only(Refusal(.malformedSignature, "the header signature-input is no dictionary within its bounds"))
        }
        guard let bytes = StructuredFieldReader.dictionary(signatures) else {
            return only(Refusal(.malformedSignature, "the header signature is no dictionary within its bounds"))
        }
        var texts: [SignatureText] = []
        var fault: Refusal?
        for member in input.members where texts.count < MessageSignature.most {
            guard case .list(let list) = member.value, let code = bytes[member.key]?.bytes else {
                fault = fault ?? Refusal(.malformedSignature, "the signature \(member.key) is not whole")
                continue
            }
            let message = MessageSignature(label: member.key, input: list)
            if let found = message.fault(scheme, rule) {
                fault = fault ?? found
                continue
            }
            texts.append(SignatureText(message, code: Base64.encode(code)))
        }
        return texts.isEmpty ? only(fault ?? Refusal(.missingSignature, "signature-input names no signature")) : texts
    }
}
