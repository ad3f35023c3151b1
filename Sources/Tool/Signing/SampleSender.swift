import Crypto
import Outbound
import Providers
import Settings
import Verification
import Webhooks

/// Signs a sample as its provider would and sends it to a source.
struct SampleSender {
    let source: SourceSettings
    let contract: SourceSettings.Contract
    /// The server's URL, such as `https://localhost:8443`.
    let server: String
    /// The authority that signed its certificate; nil for the system's.
    let caFile: String?
    /// The provider's private key, where it signs with one; nil when the environment has none.
    let privateKey: SigningSecret?

    /// The URL of the source's first path, or of that with the ending.
    func url(_ ending: String?) throws -> String {
        let path = ending.flatMap { ending in source.paths.first { $0.hasSuffix("/\(ending)") } } ?? source.paths.first
        guard let path else { throw UsageError("the source \(source.name) has no path") }
        return server + path
    }

    /// The request as the provider would send it.
    /// - Throws: `UsageError` when it cannot be signed.
    func signed(_ sample: Sample, now: Timestamp) throws -> Draft {
        let draft = Draft(url: try url(sample.path), headers: sample.headers, body: sample.body)
        let scheme = contract.provider.scheme
        if contract.verification == .none { return draft }
        var reason: String?
        for secret in privateKey.map({ [$0] }) ?? contract.keyring.secrets {
            do throws(SigningError) {
                return try scheme.signed(draft, secret: secret, credentials: contract.keyring.credentials, now: now)
            } catch {
                reason = reason ?? error.description
                if case .noPrivateKey = error { reason = Self.advice(scheme.name) }
            }
        }
        if contract.verification == .optional, contract.keyring.secrets.isEmpty { return draft }
        if case .publicKey = scheme.algorithm { reason = reason ?? Self.advice(scheme.name) }
        throw UsageError(reason ?? "the source \(source.name) has no signing secret for \(scheme.name)")
    }

    private static func advice(_ provider: String) -> String {
        "\(provider) signs with its private key, which a receiver does not have. For a test, make a key pair "
            + "(openssl genpkey), put the public half into the source's secrets, and give the file of the "
            + "private half with --private-key or \(ProviderVariables.privateKey(of: provider))"
    }

    /// Sends it.
    func send(_ draft: Draft) throws(OutboundFailure) -> HTTPResponse {
        let request = HTTPRequest(
            method: draft.method, url: draft.url, headers: draft.headers.fields.map { .init($0.name, $0.value) },
            body: draft.body)
        return try OwnServer.send(request, userAgent: "hookledger-send", caFile: caFile)
    }
}
