import JSON

/// A command as the argument parser describes it (`--experimental-dump-help`).
struct CommandTree {
    /// One argument, option or flag.
    struct Argument {
        /// How it is written, such as `--set <path=value>`.
        let form: String
        let abstract: String
        let isOptional: Bool
        let isRepeating: Bool
        let defaultValue: String?
        let allValues: [String]
    }

    let name: String
    let abstract: String
    let discussion: String
    let arguments: [Argument]
    /// Those that are shown to people, but for the parser's own `help`.
    let subcommands: [CommandTree]

    /// - Returns: nil when it is not of that form.
    init?(_ json: JSONValue) {
        guard let name = json["commandName"]?.string else { return nil }
        self.name = name
        abstract = json["abstract"]?.string ?? ""
        discussion = json["discussion"]?.string ?? ""
        arguments = (json["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.bool ?? true }
            .map(Argument.init).filter { !$0.form.hasSuffix("--help") }
        subcommands = (json["subcommands"]?.array ?? [])
            .filter { $0["shouldDisplay"]?.bool ?? true && $0["commandName"] != "help" }.compactMap(CommandTree.init)
    }
}

extension CommandTree.Argument {
    fileprivate init(_ json: JSONValue) {
        let value = "<\(json["valueName"]?.string ?? "value")>"
        let names = (json["names"]?.array ?? []).map { name in
            (name["kind"] == "short" ? "-" : "--") + (name["name"]?.string ?? "")
        }
        switch json["kind"]?.string {
        case "option": form = names.joined(separator: ", ") + " " + value
        case "flag": form = names.joined(separator: ", ")
        default: form = value
        }
        abstract = json["abstract"]?.string ?? ""
        isOptional = json["isOptional"]?.bool ?? false
        isRepeating = json["isRepeating"]?.bool ?? false
        defaultValue = json["defaultValue"]?.string
        allValues = (json["allValues"]?.array ?? []).compactMap(\.string)
    }
}
