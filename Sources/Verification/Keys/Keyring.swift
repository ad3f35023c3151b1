public import Crypto

/// What a source needs to know to verify: its signing secrets, and the static credentials that some schemes sign.
public struct Keyring: Sendable {
    /// The signing secrets; a signature by any that is valid at the time counts.
    public var secrets: [SigningSecret]
    /// Static credentials by name, such as `app_key`.
    public var credentials: [String: SecretBytes]

    /// A keyring of those secrets and credentials.
    public init(secrets: [SigningSecret], credentials: [String: SecretBytes] = [:]) {
        self.secrets = secrets
        self.credentials = credentials
    }

    /// The credential that is the URL as the source's provider knows it, for schemes that sign it while a proxy
    /// rewrites it. A query that comes with a delivery is kept where the configured URL has none.
    public static let notificationURL = "notification_url"

    /// The credentials that may hold a public key (or a certificate) in place of a signing secret.
    public static let publicKeyNames = ["public_key", "certificate"]

    /// What keeps this keyring from verifying deliveries of that scheme, for the check of a configuration.
    /// - Returns: one sentence for each mistake, with the name of the secret and never its text; empty when all is well.
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

    /// Those of the problems that are secrets which are there and can never verify deliveries of that scheme: they are empty,
    /// or not of the form that it takes.
    public func undecodable(for scheme: Scheme) -> [String] {
        (secrets + scheme.publicKeys(among: credentials)).compactMap { secret in
            if secret.secret.isEmpty { return "the signing secret \(secret.keyID) is empty" }
            guard scheme.keys(from: secret.secret).isEmpty else { return nil }
            return "the signing secret \(secret.keyID) is not \(scheme.key.expectation)"
        }
    }

    /// What this keyring leaves open that anybody may walk through, although deliveries of that scheme verify: an
    /// account of Amazon's that signs for a topic of its own, for one.
    /// - Returns: one sentence for each.
    public func warnings(for scheme: Scheme) -> [String] {
        scheme.advisedCredentialNames.filter { credentials[$0]?.isEmpty ?? true }.map { name in
            "without the credential \(name) every sender of this provider is taken for yours"
        }
    }
}
