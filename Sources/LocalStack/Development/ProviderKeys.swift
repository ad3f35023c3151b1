internal import Crypto
internal import Providers
internal import Settings
internal import Verification

/// What one provider's deliveries are signed and verified by in a private stack.
struct ProviderKeys {
    private let scheme: Scheme
    private let secret: String
    private let credentials: [String]

    /// Those of every provider but the shorthands for schemes of one's own.
    static let all = ProviderRegistry.all.map(\.scheme).filter { !$0.name.hasPrefix("generic_hmac_") }.map(
        ProviderKeys.init)

    private init(_ scheme: Scheme) {
        self.scheme = scheme
        secret = ProviderVariables.secret(of: scheme.name)
        credentials = ProviderVariables.credentials(of: scheme.name).values.sorted()
    }

    /// The private key of a provider that has one: a throw-away key of this stack, which no real receiver has.
    private var privateKey: String? {
        if case .publicKey = scheme.algorithm { ProviderVariables.privateKey(of: scheme.name) } else { nil }
    }

    /// The variables that hold them.
    var names: [String] { [secret] + credentials + [privateKey].compactMap { $0 } }

    /// Makes up what is missing; what a developer has pasted stays.
    func fill(_ secrets: inout DevelopmentSecrets) throws(StackError) {
        for name in credentials where secrets[name] == nil { secrets[name] = Hex.encode(Random.bytes(16)) }
        guard secrets[secret] == nil else { return }
        guard case .publicKey(let algorithm) = scheme.algorithm, let privateKey else {
            secrets[secret] = text
            return
        }
        try StackError.wrap {
            let key = try PrivateKey.generate(algorithm.keyKind)
            secrets[secret] = Self.line(try key.publicKey().pem)
            secrets[privateKey] = Self.line(String(decoding: try key.pem().reveal(), as: UTF8.self))
        }
    }

    private var text: String {
        let bytes = Random.bytes(24)
        return switch scheme.key {
        case .base64(let prefix): prefix + Base64.encode(bytes)
        default: Hex.encode(bytes)
        }
    }

    /// A PEM block on one line, as a file of variables can hold it.
    private static func line(_ pem: String) -> String { pem.filter { !$0.isNewline } }
}

extension SignatureAlgorithm {
    fileprivate var keyKind: PrivateKey.Kind {
        switch self {
        case .ed25519: .ed25519
        case .ecdsaSHA1, .ecdsaSHA256: .p256
        case .rsaSHA1, .rsaSHA256: .rsa2048
        }
    }
}
