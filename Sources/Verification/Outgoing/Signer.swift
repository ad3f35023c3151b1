import Crypto

/// The key that makes signatures: the counterpart of ``Key``.
struct Signer {
    let algorithm: Scheme.Algorithm
    private let secret: SecretBytes?
    private let privateKey: PrivateKey?
    private let keyID: String

    /// The signature of a message.
    func code(of message: [[UInt8]]) throws(SigningError) -> [UInt8] {
        switch algorithm {
        case .hmac(let digest):
            guard let secret else { throw .unusableSecret(keyID: keyID) }
            return HMAC.authenticationCode(digest, key: secret, parts: message)
        case .sharedSecret:
            guard let secret else { throw .unusableSecret(keyID: keyID) }
            return Array(message.joined()) + secret.reveal()
        case .publicKey(let algorithm):
            guard let code = try? privateKey?.sign(Array(message.joined()), algorithm) else {
                throw .noPrivateKey(keyID: keyID)
            }
            return code
        }
    }

    fileprivate init(_ scheme: Scheme, _ secret: SigningSecret) throws(SigningError) {
        algorithm = scheme.algorithm
        keyID = secret.keyID
        if case .publicKey = algorithm {
            self.secret = nil
            privateKey = scheme.key.privateKey(from: secret.secret)
            if privateKey == nil { throw .noPrivateKey(keyID: keyID) }
        } else {
            self.secret = scheme.key.secretKeys(from: secret.secret).first
            privateKey = nil
            if self.secret == nil { throw .unusableSecret(keyID: keyID) }
        }
    }
}

extension Scheme {
    /// The signer for this secret.
    func signer(_ secret: SigningSecret) throws(SigningError) -> Signer { try Signer(self, secret) }
}
