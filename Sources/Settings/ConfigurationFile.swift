/// Where the configuration is, or would be.
struct ConfigurationFile {
    static let name = "hookledger.yaml"
    static let systemDirectory = "/etc/hookledger"

    let path: String
    /// Its folder: relative paths in it start there.
    let directory: String
    /// Where the file of variables is looked for.
    let directories: [String]
    /// Whether it was named, so that it must be there.
    let isNamed: Bool
    let exists: Bool

    static func find(_ path: String?, _ input: SettingsInput) -> ConfigurationFile {
        let variable = input.variable("HOOKLEDGER_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
        if let named = path ?? variable { return at(named, input, isNamed: true) }
        let places = [name, FilePath.join(systemDirectory, name)].map { at($0, input, isNamed: false) }
        return places.first(where: \.exists)
            ?? ConfigurationFile(
                path: name, directory: ".", directories: [".", systemDirectory], isNamed: false, exists: false)
    }

    private static func at(_ path: String, _ input: SettingsInput, isNamed: Bool) -> ConfigurationFile {
        let directory = FilePath.directory(of: path)
        return ConfigurationFile(
            path: path, directory: directory, directories: [directory], isNamed: isNamed,
            exists: input.readFile(path) != .absent)
    }

    /// The document; nil, after reporting it, when it can not be read.
    func read(_ input: SettingsInput, _ problems: ProblemList) -> YAMLNode? {
        switch input.readFile(path) {
        case .bytes(let bytes):
            return YAMLReader.read(bytes, problems: problems)
        case .absent:
            guard isNamed else { return .nothing }
            problems.error(nil, "there is no such file; write it, or name another one by HOOKLEDGER_CONFIG")
        case .unreadable(let reason):
            problems.error(nil, "can not be read: \(reason); let the service's group read it")
        }
        return nil
    }
}
