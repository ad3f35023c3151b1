/// Where the keys of this installation are: files that `hookledger keys create` makes, the same on every host.
public struct KeySettings: Sendable, Hashable {
    /// The key of the index of persons.
    public let person: String

    /// Below `/etc`.
    public static let standard = KeySettings(person: "/etc/hookledger/keys/person.key")

    /// Reads `keys:`; relative paths begin in the folder of the configuration.
    static func read(_ root: Section, directory: String) -> KeySettings {
        guard let section = root.section("keys", keys: ["person"]) else { return standard }
        return KeySettings(person: section.text("person").map { FilePath.join(directory, $0) } ?? standard.person)
    }
}
