import ArgumentParser
import JSON
import Settings

/// `hookledger keys`
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make the keys of this installation.", subcommands: [KeysCreate.self])
}

/// `hookledger keys create`
struct KeysCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make the keys that are not there yet, each in a file of its own.",
        discussion: """
            The files have mode 0640: give them to the group that the responder, the batch processor and operators \
            share. Copy them to every host: what one host made with a key another one reads with the same. A key that \
            is there stays. No key is ever printed, only its id.
            """)

    @OptionGroup var database: OperatorArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            for (name, path) in [("person", settings.keys.person)] {
                let (key, isNew) = try KeyFile.create(path)
                let object: JSONValue = [
                    "key": .string(name), "file": .string(path), "id": .string(key.id), "new": .bool(isNew),
                ]
                Console.say(json ? object.text : "\(name): \(path), id \(key.id)\(isNew ? ", new" : ", was there")")
            }
        }
    }
}
