import Crypto

/// The connection to one database: a libpq connection string (libpq, "Connection Strings") and, separately, the
/// password.
public struct ConnectionInfo: Sendable, CustomStringConvertible {
    /// The connection string without a password; empty when all of it is a secret.
    public let visible: String
    private let hidden: SecretBytes?
    private let hiddenIsWhole: Bool

    /// `visible` holds no password; `password` is added to it where one is needed.
    init(visible: String, password: SecretBytes?) {
        self.visible = visible
        hidden = password
        hiddenIsWhole = false
    }

    /// The full connection string is a secret reference.
    init(whole: SecretBytes) {
        visible = ""
        hidden = whole
        hiddenIsWhole = true
    }

    /// The same for this user, unless the string names one or is a secret as a whole.
    func loggingIn(as user: String) -> ConnectionInfo {
        guard !hiddenIsWhole, !Conninfo.namesUser(visible) else { return self }
        return ConnectionInfo(visible: visible + ending(user), password: hidden)
    }

    /// Whether it takes a server that takes no writes.
    var asksForStandby: Bool {
        ["standby", "prefer-standby", "read-only", "any"].contains(
            Conninfo.value(of: "target_session_attrs", in: visible))
    }

    /// The same servers for another user, with the password that another connection has for it.
    func at(_ other: ConnectionInfo, as user: String) -> ConnectionInfo {
        // Of several values libpq takes the last one.
        ConnectionInfo(visible: visible + ending(user), password: other.hiddenIsWhole ? nil : other.hidden)
    }

    /// The same with other values for some of its parts. What they do not name stays.
    func changed(_ parts: [(key: String, value: String)], password: SecretBytes?) -> ConnectionInfo {
        let text = parts.reduce(visible) { text, part in
            // Of several values libpq takes the last one.
            Conninfo.isURI(text)
                ? text + (text.contains("?") ? "&" : "?") + "\(part.key)=\(Conninfo.percentEncoded(part.value))"
                : text + " \(part.key)=\(Conninfo.quoted(part.value))"
        }
        return ConnectionInfo(visible: text, password: password ?? hidden)
    }

    private func ending(_ user: String) -> String {
        Conninfo.isURI(visible) ? (visible.contains("?") ? "&" : "?") + "user=\(user)" : " user=\(user)"
    }

    /// The connection string for libpq, with the password: never print it.
    public var conninfo: String {
        guard let secret = hidden.map({ String(decoding: $0.reveal(), as: UTF8.self) }) else { return visible }
        if hiddenIsWhole { return secret }
        if Conninfo.isURI(visible) {
            return visible + (visible.contains("?") ? "&" : "?") + "password=" + Conninfo.percentEncoded(secret)
        }
        return visible + " password=" + Conninfo.quoted(secret)
    }

    /// The connection string without secrets.
    public var description: String {
        hiddenIsWhole ? "(secret)" : visible + (hidden == nil ? "" : " password=(secret)")
    }
}
