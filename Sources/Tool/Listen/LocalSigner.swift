import Crypto
import Providers
import Verification
import Webhooks

/// Signs a stored event again, in its provider's own scheme, with a local secret.
struct LocalSigner {
    /// By the name of a source; the one under the empty name is for all others.
    let secrets: [String: SigningSecret]
    let credentials: [String: SecretBytes]

    /// Headers of the original connection, and those that are written again.
    private static let dropped: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "expect", "keep-alive", "te", "upgrade",
        "proxy-connection", "accept-encoding",
    ]

    /// The request as its provider would send it to that URL.
    /// - Returns: nil, when there is no secret for its source: it goes unsigned.
    /// - Throws: `SigningError`.
    func signed(_ event: LiveEvent, url: String, now: Timestamp) throws(SigningError) -> Draft {
        let kept = event.headers.fields.filter {
            !Self.dropped.contains($0.name) && !$0.name.hasPrefix("x-hookledger-")
        }
        var draft = Draft(
            method: event.method, url: url, headers: HeaderFields(kept.map { ($0.name, $0.value) }), body: event.body)
        if event.isSigned, let secret = secrets[event.source] ?? secrets[""],
            let scheme = ProviderRegistry.named(event.provider)?.scheme
        {
            if case .query(let name) = scheme.signature.place { draft.url = Self.without(name, url) }
            let signed = try scheme.signed(draft, secret: secret, credentials: credentials, now: now)
            // The provider's own signature and time make room for the new ones.
            let new = signed.headers.fields.dropFirst(draft.headers.fields.count)
            let replaced = Set(new.map(\.name))
            draft = signed
            draft.headers = HeaderFields(
                (signed.headers.fields.prefix(kept.count).filter { !replaced.contains($0.name) } + new)
                    .map { ($0.name, $0.value) })
        }
        for mark in event.marks { draft.headers.append(name: mark.name, value: mark.value) }
        return draft
    }

    /// The URL without a parameter of its query.
    private static func without(_ name: String, _ url: String) -> String {
        guard let mark = url.firstIndex(of: "?") else { return url }
        let rest = url[url.index(after: mark)...].split(separator: "&").filter { !$0.hasPrefix(name + "=") }
        return url[..<mark] + (rest.isEmpty ? "" : "?" + rest.joined(separator: "&"))
    }
}
