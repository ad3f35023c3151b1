import ArgumentParser
import JSON
import Settings

/// `hookledger keys`
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Create the keys of this installation.", subcommands: [KeysCreate.self])
}

/// `hookledger keys create`
struct KeysCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create the keys that do not exist yet.",
        discussion: """
            credentials: hashes the passwords and API keys of spooled deliveries, and authenticates the spool's \
            files (keys.credentials in the configuration; default: keys/credentials.key beside it). Without it \
            nothing is spooled.

            person: hashes personal identifiers, so that a request about a person is answered from an index \
            (keys.person; default: keys/person.key beside the configuration). Without it all events are read.

            tokens: encrypts the tokens of hookledger authorize and credentials store (keys.tokens; default: keys/tokens.key \
            beside the configuration). Without it jobs that need such a token are held.

            audit: chains the operator log and the audits, so that `hookledger audit verify` finds a changed or missing \
            row (keys.audit; default: keys/audit.key beside the configuration). Without it the rows stay unsealed.

            The files get mode 0640; let ingest, batch and operator read the first, batch, api and operator \
            the second, and batch and operator the others. Every host of one database needs the same \
            files: create them once and copy them. An existing key is never replaced.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "Which keys (default: all).")
    var names: [String] = []

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        try reportingErrors {
            let paths = try database.settings().keys.paths
            for name in names where !paths.contains(where: { $0.name == name }) {
                throw UsageError(
                    "there is no key \"\(name)\"; the keys are \(paths.map(\.name).joined(separator: ", "))")
            }
            for (name, path) in paths where names.isEmpty || names.contains(name) {
                let (key, isNew) = try key(path)
                let object: JSONValue = [
                    "name": .string(name), "path": .string(path), "id": .string(key.id), "created": .bool(isNew),
                ]
                Console.say(json ? object.text : "\(name): \(path), key \(key.id)\(isNew ? "" : ", was there already")")
            }
        }
    }

    /// The key in a file, made when there is no file.
    private func key(_ path: String) throws -> (KeyFile, isNew: Bool) {
        if let key = try KeyFile.existing(path) { return (key, false) }
        return (try KeyFile.create(path), true)
    }
}
