/// The place of the configuration, whether or not it exists.
struct ConfigurationFile {
    static let name = "hookledger.yaml"
    static let systemDirectory = "/etc/hookledger"

    let path: String
    /// Its folder: relative paths in it start there.
    let directory: String
    /// Where the file of variables is searched.
    let directories: [String]
    /// Whether it was named explicitly, so that it must exist.
    let isNamed: Bool
    let exists: Bool

    static func find(_ path: String?, _ input: SettingsInput) -> ConfigurationFile {
        let variable = input.variable("HOOKLEDGER_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
        if let named = path ?? variable { return at(named, input, isNamed: true) }
        // Anybody who can write to the working directory could put a file there: on a developer's machine only.
        let isDevelopment = input.variable("NODE_ENV") == DeploymentEnvironment.development.rawValue
        let folders = isDevelopment ? [".", systemDirectory] : [systemDirectory]
        let places = folders.map { at(FilePath.join($0, name), input, isNamed: false) }
        return places.first(where: \.exists)
            ?? ConfigurationFile(
                path: places[0].path, directory: folders[0], directories: folders, isNamed: false, exists: false)
    }

    /// Says that a configuration in the working directory was ignored, if there is no other.
    func reportPassedOver(_ input: SettingsInput, _ problems: ProblemList) {
        guard !exists, !isNamed, !directories.contains("."), input.readFile(Self.name) != .absent else { return }
        problems.warn(
            nil,
            "./\(Self.name) is ignored: name it with --config or HOOKLEDGER_CONFIG; on a developer's machine "
                + "NODE_ENV=development makes it the default")
    }

    private static func at(_ path: String, _ input: SettingsInput, isNamed: Bool) -> ConfigurationFile {
        let directory = FilePath.directory(of: path)
        return ConfigurationFile(
            path: path, directory: directory, directories: [directory], isNamed: isNamed,
            exists: input.readFile(path) != .absent)
    }

    /// The document; nil, after reporting it, when it cannot be read.
    func read(_ input: SettingsInput, _ problems: ProblemList) -> YAMLNode? {
        switch input.readFile(path) {
        case .bytes(let bytes):
            return YAMLReader.read(bytes, problems: problems)
        case .absent:
            guard isNamed else { return .nothing }
            problems.error(nil, "the file does not exist; create it, or set HOOKLEDGER_CONFIG to another one")
        case .unreadable(let reason):
            problems.error(nil, "cannot be read: \(reason); give the service's group read access")
        }
        return nil
    }
}
