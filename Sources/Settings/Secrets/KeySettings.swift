/// The places of this installation's keys.
public struct KeySettings: Sendable, Hashable {
    /// The key by which credentials are hashed and the spool is authenticated: read by ingest, batch and operator.
    public let credentials: String
    /// The key of the person index: read by batch, api and operator.
    public let person: String
    /// The key by which tokens of providers' APIs are encrypted: read by batch and operator.
    public let tokens: String
    /// The key of the chain over the operator log: read by batch and operator.
    public let audit: String

    static func read(_ root: Section, _ location: ConfigurationFile, _ input: SettingsInput) -> KeySettings {
        // Beside the configuration, or where it would be.
        let directory = location.exists ? location.directory : ConfigurationFile.systemDirectory
        let section = root.section("keys", keys: KeyKeys.section.names)
        return KeySettings(
            credentials: FilePath.join(directory, KeyKeys.credentials.value(in: section)),
            person: FilePath.join(directory, KeyKeys.person.value(in: section)),
            tokens: tokens(FilePath.join(directory, KeyKeys.tokens.value(in: section)), input),
            audit: FilePath.join(directory, KeyKeys.audit.value(in: section)))
    }

    /// The file, else the systemd credential (systemd.exec(5), LoadCredential=tokens.key:PATH).
    private static func tokens(_ path: String, _ input: SettingsInput) -> String {
        guard input.fileMode(path) == nil, let folder = input.variable("CREDENTIALS_DIRECTORY"), !folder.isEmpty else {
            return path
        }
        let credential = FilePath.join(folder, "tokens.key")
        return input.fileMode(credential) == nil ? path : credential
    }

    /// All of them, by the names that `keys create` takes.
    public var paths: [(name: String, path: String)] {
        [("credentials", credentials), ("person", person), ("tokens", tokens), ("audit", audit)]
    }
}
