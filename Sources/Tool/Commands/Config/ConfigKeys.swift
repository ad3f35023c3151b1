import Actions
import ArgumentParser
import JSON
import Settings

/// `hookledger config keys`
struct ConfigKeys: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "List the keys of the configuration, each with its values and its default.",
        discussion: """
            docs/configuration.md is this list with the meaning of each key. Exit codes: 0; 1 no section begins with \
            that name.
            """)

    @Argument(help: "Only the sections whose names begin with this, such as batch or actions.")
    var section: String?

    @Flag(help: "One JSON object a line for each key, with its meaning.")
    var json = false

    func run() throws {
        let sections = ConfigurationKeys.all(with: ActionTable.kinds)
            .filter { $0.path.hasPrefix(section ?? "") }
        if sections.isEmpty { throw NotFound("no section begins with \(section ?? "")") }
        let rows = sections.flatMap { section in section.keys.map { Self.object(section.path, $0) } }
        Console.show(
            rows, TextTable([.init("key"), .init("allowed"), .init("default")]), asJSON: json, whenEmpty: "No keys.")
    }

    private static func object(_ section: String, _ key: ConfigurationKey) -> JSONObject {
        var object = JSONObject()
        object["key"] = .string(section.isEmpty ? key.name : "\(section).\(key.name)")
        object["allowed"] = .string(key.form)
        object["default"] = key.standard.map(JSONValue.string) ?? .null
        object["meaning"] = .string(key.meaning)
        return object
    }
}
