public import Crypto
import JSON
public import Webhooks

extension Scheme {
    /// The places of the secret itself in a request, including those of other forms.
    var credentialPlaces: [SignatureLocation.Place] {
        (algorithm == .sharedSecret ? [signature.place] : []) + forms.flatMap(\.credentialPlaces)
    }

    /// Whether a request holds the secret itself: a password, an API key, a shared secret in a field.
    public var hasCredentials: Bool { algorithm == .sharedSecret || forms.contains(where: \.hasCredentials) }
}

extension Scheme {
    /// Whether a delivery has a signature, or a credential, of the scheme's form at its place. Nothing is proven by it.
    public func looksSigned(_ delivery: Delivery, credentials: [String: SecretBytes]) -> Bool {
        !signatures(in: delivery, credentials: credentials).codes.isEmpty
    }

    /// The credential that a delivery presents, right or wrong; nil if its form signs, or if it presents none.
    public func presentedCredential(_ delivery: Delivery, credentials: [String: SecretBytes]) -> SecretBytes? {
        let (form, codes) = signatures(in: delivery, credentials: credentials)
        guard form.algorithm == .sharedSecret, var first = codes.first else { return nil }
        return SecretBytes(cleansing: &first)
    }

    private func signatures(
        in delivery: Delivery, credentials: [String: SecretBytes]
    ) -> (form: Scheme, codes: [[UInt8]]) {
        let request = RequestFields(delivery, credentials: credentials)
        let form = form(of: request, credentials: credentials)
        let parts = form.batch.map(request.elements(at:)) ?? [request]
        let texts = parts.flatMap { SignatureText.alternatives(of: $0, scheme: form) }.flatMap(\.signatures)
        let lengths = form.algorithm.lengths
        return (form, texts.compactMap { form.encoding.decode($0) }.filter { lengths.contains($0.count) })
    }
}

extension Delivery {
    /// The replacement of a credential.
    public static let mask = "(masked)"

    /// The delivery without the credentials that these schemes have in a request: each is replaced by ``mask`` wherever
    /// its scheme looks for it, even if it is there twice.
    ///
    /// A JSON body with a credential in a field is written again, so that no other spelling of it remains. A body that
    /// may contain one but cannot be parsed (not JSON, or too many values) is left out.
    public func masked(by schemes: [Scheme]) -> Delivery {
        var delivery = self
        for place in schemes.flatMap(\.credentialPlaces) {
            switch place {
            case .headers(let names): delivery.headers = headers(delivery.headers, without: Set(names))
            case .numberedHeaders(let prefix, _):
                let names = delivery.headers.fields.map(\.name).filter { $0.hasPrefix(prefix) }
                delivery.headers = headers(delivery.headers, without: Set(names))
            case .encodedJSON(let header, _): delivery.headers = headers(delivery.headers, without: [header])
            case .query(let name): delivery.query = Self.query(delivery.query, without: name)
            case .messageSignature: break
            case .jsonField(let path): delivery.body = Self.body(delivery.body, without: path)
            }
        }
        return delivery
    }

    private func headers(_ headers: HeaderFields, without names: Set<String>) -> HeaderFields {
        HeaderFields(headers.fields.map { ($0.name, names.contains($0.name) ? Self.mask : $0.value) })
    }

    private static func query(_ query: String, without name: String) -> String {
        query.split(separator: "&", omittingEmptySubsequences: false).map { pair -> String in
            guard FormFields(Array(pair.utf8)).first(name) != nil else { return String(pair) }
            return (pair.utf8.firstIndex(of: UInt8(ascii: "=")).map { String(pair[..<$0]) } ?? String(pair)) + "="
                + mask
        }.joined(separator: "&")
    }

    private static func body(_ body: [UInt8], without path: [String]) -> [UInt8] {
        if body.isEmpty { return body }
        guard !ShapeLimits.exceedsJSON(body), var json = try? JSONValue(parsing: body) else { return [] }
        guard json.value(at: path) != nil else { return body }
        _ = json.set(.string(mask), at: path)
        return json.serialized()
    }
}
