/// A reference to a secret. The configuration never contains the secret itself.
public enum SecretReference: Sendable, Hashable, CustomStringConvertible {
    /// A variable of the process, or of `hookledger.env` or `.env` beside the configuration.
    case env(String)
    /// A file; its last line end is not part of the secret.
    case file(String)
    /// A systemd credential: the file of that name in `$CREDENTIALS_DIRECTORY` (systemd.exec(5), LoadCredential=).
    case credential(String)

    /// `env TIKTOK_APP_SECRET`: its name in messages.
    public var description: String {
        switch self {
        case .env(let name): "env \(name)"
        case .file(let path): "file \(path)"
        case .credential(let name): "credential \(name)"
        }
    }

    /// The variable, the file's name or the credential's: a name for the secret.
    var shortName: String {
        switch self {
        case .env(let name), .credential(let name): name
        case .file(let path): path.split(separator: "/").last.map(String.init) ?? path
        }
    }

    /// The keys of a reference.
    static let described = [
        ConfigurationKey(
            "env", "a variable's name", "A variable of the process, or of hookledger.env or .env beside this file."),
        ConfigurationKey("file", "a path", "A file with mode 640; a relative path starts at this file's folder."),
        ConfigurationKey("credential", "a name", "A systemd credential (LoadCredential= in the unit)."),
    ]
    static let keys = described.map(\.name)
}
