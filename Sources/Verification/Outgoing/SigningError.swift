/// Why a request could not be signed.
public enum SigningError: Error, Sendable, Hashable {
    /// The secret is empty, or not of the form that the scheme derives its key from.
    case unusableSecret(keyID: String)
    /// The scheme is checked with a public key, and the secret is not a private one.
    case noPrivateKey(keyID: String)
    /// A credential that the scheme signs is missing or empty.
    case missingCredential(String)
    /// A header that the scheme signs is not among the request's.
    case missingHeader(String)
    /// The scheme's signature or time is in the body or the URL, which signing headers does not change.
    case signatureInBody
    /// The body has no place for the signature.
    case noPlaceInBody
}

extension SigningError: CustomStringConvertible {
    /// A sentence for a person, without any secret.
    public var description: String {
        switch self {
        case .unusableSecret(let id): "the signing secret \(id) is empty or not in the scheme's form"
        case .noPrivateKey(let id):
            "the scheme signs with the provider's private key, which a receiver does not have; \(id) is not one"
        case .missingCredential(let name): "the scheme signs the credential \(name), which is missing or empty"
        case .missingHeader(let name): "the scheme signs the header \(name), which is missing"
        case .signatureInBody: "the scheme puts its signature into the body or the URL, not into headers"
        case .noPlaceInBody: "the body has no place for the signature that the scheme puts there"
        }
    }
}
