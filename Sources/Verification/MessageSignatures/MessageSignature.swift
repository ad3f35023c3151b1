import Crypto
import Webhooks

/// One signature of a message (RFC 9421): its label, and what it says that it covers.
struct MessageSignature: Sendable {
    static let inputHeader = "signature-input"
    static let signatureHeader = "signature"
    /// The most signatures of one delivery that are tried.
    static let most = 4

    let label: String
    /// The covered components and the parameters.
    let input: InnerList

    /// The time of signing, as it is signed.
    var created: String? { input.parameters["created"]?.text }
    /// The name of the key.
    var keyID: String? { if case .string(let name) = input.parameters["keyid"] { name } else { nil } }

    /// What it lacks to be accepted by a scheme, whoever signed it; nil for nothing.
    func fault(_ scheme: Scheme, _ rule: SignatureRule) -> Refusal? {
        func malformed(_ reason: String) -> Refusal { Refusal(.malformedSignature, "the signature \(label) \(reason)") }
        var names: Set<String> = []
        for item in input.items {
            guard case .string(let name) = item.value, !name.isEmpty else {
                return malformed("covers something that is not a name")
            }
            guard names.insert(item.text).inserted else { return malformed("covers \(item.text) twice") }
        }
        // Only a whole component counts, and not a part that a parameter chooses.
        for wanted in rule.components
        where !SignatureRule.components(with: wanted).contains(where: { names.contains(BareItem.string($0).text) }) {
            return malformed("does not cover \(wanted)")
        }
        for name in ["created", "expires"] {
            guard let value = input.parameters[name] else { continue }
            guard case .integer(let number) = value, number >= 0 else {
                return Refusal(.malformedTimestamp, "\(name) of the signature \(label) is no number of seconds")
            }
        }
        if let algorithm = input.parameters["alg"], algorithm != .string(scheme.algorithm.registeredName ?? "") {
            return malformed("names another algorithm than \(scheme.algorithm.registeredName ?? "the scheme's")")
        }
        if input.parameters["keyid"] != nil, keyID == nil { return malformed("has a keyid that is no string") }
        if let tag = rule.tag, input.parameters["tag"] != .string(tag) { return malformed("has not the tag \(tag)") }
        return nil
    }

    /// Refuses a signature that has expired.
    func checkExpiry(tolerance: Int64?, now: Timestamp) throws(Refusal) {
        guard case .integer(let expires) = input.parameters["expires"], tolerance ?? 0 < Scheme.anyTime else { return }
        if now.seconds >= expires {
            throw Refusal(.outsideTolerance, "the signature \(label) expired \(now.seconds - expires) s ago")
        }
    }

    /// The signed bytes (RFC 9421, section 2.5).
    /// - Throws: a refusal when a covered component is not there, or cannot be covered.
    func base(of request: RequestFields) throws(Refusal) -> [UInt8] {
        let components = MessageComponents(request)
        var base: [UInt8] = []
        for item in input.items {
            base += Array("\(item.text): \(try components.value(of: item))\n".utf8)
        }
        return base + Array("\"@signature-params\": \(input.text)".utf8)
    }
}

extension Scheme {
    /// A century, in seconds: a tolerance with which the time of signing, and of expiry, may be any.
    public static let anyTime: Int64 = 100 * 366 * 86_400
}

extension Scheme.Algorithm {
    /// Its name in the registry of RFC 9421, section 6.2; nil when it has none.
    var registeredName: String? {
        switch self {
        case .hmac(.sha256): "hmac-sha256"
        case .publicKey(.ed25519): "ed25519"
        case .publicKey(.ecdsaP256SHA256): "ecdsa-p256-sha256"
        case .publicKey(.rsaPSSSHA512): "rsa-pss-sha512"
        case .publicKey(.rsaSHA256): "rsa-v1_5-sha256"
        default: nil
        }
    }
}
