public import Crypto

/// The keys for verifying a source's deliveries: its signing secrets, and the static credentials that some schemes
/// sign.
public struct Keyring: Sendable {
    /// The signing secrets; a signature by any currently valid one is accepted.
    public var secrets: [SigningSecret]
    /// Static credentials by name, such as `app_key`.
    public var credentials: [String: SecretBytes]

    /// A keyring of those secrets and credentials.
    public init(secrets: [SigningSecret], credentials: [String: SecretBytes] = [:]) {
        self.secrets = secrets
        self.credentials = credentials
    }

    /// The credential with the URL registered at the provider, for schemes that sign the URL behind a proxy that
    /// rewrites it. A query that comes with a delivery is kept where the configured URL has none.
    public static let notificationURL = "notification_url"

    /// The credentials that may hold a public key (or a certificate) in place of a signing secret.
    public static let publicKeyNames = ["public_key", "certificate"]

    /// The problems that keep this keyring from verifying deliveries of this scheme, for the check of a configuration.
    /// - Returns: one sentence for each mistake, with the name of the secret and never its text; empty when all is
    ///   well.
    public func problems(for scheme: Scheme) -> [String] {
        var problems: [String] = []
        let secrets = secrets + scheme.publicKeys(among: credentials)
        if secrets.isEmpty { problems.append("there is no signing secret") }
        problems += undecodable(for: scheme)
        for secret in secrets {
            if let from = secret.validFrom, let until = secret.validUntil, until <= from {
                problems.append("the signing secret \(secret.keyID) is never valid: its window ends before it begins")
            }
        }
        for name in scheme.credentialNames where credentials[name]?.isEmpty ?? true {
            problems.append("the credential \(name) is missing or empty")
        }
        return problems
    }

    /// The problems of secrets that exist but can never verify deliveries of this scheme: they are empty or malformed.
    public func undecodable(for scheme: Scheme) -> [String] {
        (secrets + scheme.publicKeys(among: credentials)).compactMap { secret in
            if secret.secret.isEmpty { return "the signing secret \(secret.keyID) is empty" }
            guard scheme.keys(from: secret.secret).isEmpty else { return nil }
            return "the signing secret \(secret.keyID) is not \(scheme.key.expectation)"
        }
    }

    /// The gaps of this keyring that let strangers' deliveries verify, such as any Amazon account that signs for its
    /// own topic.
    /// - Returns: one sentence for each.
    public func warnings(for scheme: Scheme) -> [String] {
        scheme.advisedCredentialNames.filter { credentials[$0]?.isEmpty ?? true }.map { name in
            "without the credential \(name) any sender of this provider is accepted as yours"
        }
    }
}
