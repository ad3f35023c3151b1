internal import Crypto
internal import Platform
internal import Providers
internal import Settings
internal import Verification

/// Key pairs for providers that sign with a private key, so that a developer can simulate each of them: the
/// configuration names the public key; the private one is beside it. Created once and kept.
enum DevelopmentKeys {
    /// The kind of key that a provider signs with; nil for a shared secret.
    static func kind(for provider: any Provider) -> PrivateKey.Kind? {
        guard case .publicKey(let algorithm) = provider.scheme.algorithm else { return nil }
        return algorithm.keyKind
    }

    /// The providers with such a pair.
    static var providers: [any Provider] { ProviderRegistry.all.filter { kind(for: $0) != nil } }

    /// The file of the public key, below the stack's folder.
    static func publicFile(of provider: String) -> String { "keys/\(provider).pem" }

    /// The file of the private key, below the stack's folder.
    static func privateFile(of provider: String) -> String { "keys/\(provider).key.pem" }

    /// The variable, for a shell, that names the file of the private key.
    static func variable(of provider: String) -> String { ProviderVariables.privateKey(of: provider) }

    /// The file of the key of the person index, below the stack's folder.
    static let person = "keys/person.key"

    /// The file of the key of the chain, below the stack's folder.
    static let audit = "keys/audit.key"

    /// Creates the missing pairs and keys.
    static func ensure(in folder: StackFolder) throws(StackError) {
        try StackError.wrap {
            try Files.makeFolder(folder.path + "/keys", mode: 0o700)
            if !Files.exists(folder.credentialKey) { _ = try KeyFile.create(folder.credentialKey) }
            for file in [person, audit].map({ folder.path + "/" + $0 }) where !Files.exists(file) {
                _ = try KeyFile.create(file)
            }
            for provider in providers {
                let files = [privateFile(of: provider.name), publicFile(of: provider.name)].map {
                    "\(folder.path)/\($0)"
                }
                guard let kind = kind(for: provider), !files.allSatisfy({ Files.exists($0) }) else { continue }
                let key = try PrivateKey.generate(kind)
                try Files.write(files[0], key.pem().reveal(), mode: 0o600)
                // The programs refuse a secret that everybody can read, and this file is in a secret's place.
                try Files.write(files[1], text: key.publicKey().pem, mode: 0o640)
            }
        }
    }
}
