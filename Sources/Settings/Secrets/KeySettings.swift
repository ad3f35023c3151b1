/// The places of this installation's keys.
public struct KeySettings: Sendable, Hashable {
    /// The key by which credentials are hashed and the spool is authenticated: read by ingest, batch and operator.
    public let credentials: String
    /// The key of the person index: read by batch, api and operator.
    public let person: String
    /// The key of the chain over the operator log: read by batch and operator.
    public let audit: String

    static func read(_ root: Section, _ location: ConfigurationFile) -> KeySettings {
        // Beside the configuration, or where it would be.
        let directory = location.exists ? location.directory : ConfigurationFile.systemDirectory
        let section = root.section("keys", keys: KeyKeys.section.names)
        return KeySettings(
            credentials: FilePath.join(directory, KeyKeys.credentials.value(in: section)),
            person: FilePath.join(directory, KeyKeys.person.value(in: section)),
            audit: FilePath.join(directory, KeyKeys.audit.value(in: section)))
    }

    /// All of them, by the names that `keys create` takes.
    public var paths: [(name: String, path: String)] {
        [("credentials", credentials), ("person", person), ("audit", audit)]
    }
}
