public import Crypto
import Outbound

/// A provider's app, with whose tokens its API is asked.
public struct AppSettings: Sendable {
    /// The app key, client key or client id; nil if it is not there, or for a program that must not have it.
    public let clientID: SecretBytes?
    /// The app's secret.
    public let clientSecret: SecretBytes?
    /// The id in TikTok Shop's authorization link.
    public let serviceID: String?
    /// The registered redirect address.
    public let redirectURI: String?
    /// What the app asks for.
    public let scopes: [String]
    /// The page where a person allows the app; nil for the provider's own.
    public let authorizeURL: String?
    /// Where tokens are given; nil for the provider's own.
    public let tokenURL: String?
    /// The API that lists the shops; nil for the provider's own.
    public let apiURL: String?
    /// The secrets that are absent, each with what to do.
    public let missing: [String]

    /// Reads `app:` of a source.
    /// - Parameter secrets: for secrets of actions: the responder has none of them.
    static func read(_ source: Section, _ secrets: SecretReader) -> AppSettings? {
        guard let section = source.section("app", keys: SourceKeys.app.names) else { return nil }
        var missing: [String] = []
        func secret(_ key: String) -> SecretBytes? {
            guard let node = section[key] else {
                section.problems.error(section.line, "\(section.path) must have \(key)")
                return nil
            }
            guard let read = secrets.read(node, path: section.path(of: key)) else { return nil }
            if read.secret == nil, !read.isWithheld {
                missing.append("\(section.path(of: key)) is not there: \(read.missing)")
                section.problems.warn(section.line(of: key), "\(section.path(of: key)) is not there: \(read.missing)")
            }
            return read.secret
        }
        let (id, key) = (secret("client_id"), secret("client_secret"))
        return AppSettings(
            clientID: id, clientSecret: key, serviceID: section.text("service_id"),
            redirectURI: url(section, "redirect_uri"), scopes: (section.texts("scopes") ?? []).map(\.text),
            authorizeURL: url(section, "authorize_url"), tokenURL: url(section, "token_url"),
            apiURL: url(section, "api_url"), missing: missing)
    }

    /// https, or http on this host: codes and secrets go there.
    private static func url(_ section: Section, _ key: String) -> String? {
        guard let url = section.text(key) else { return nil }
        guard !RequestTarget.hasLogin(in: url), let target = RequestTarget(configured: url),
            target.scheme == "https" || ["127.0.0.1", "localhost"].contains(target.host)
        else {
            section.error(key, "must be an https URL, or http on this host, without user and password")
            return nil
        }
        return url
    }
}
