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
        // What lies in the working directory is somebody's who may write there: on a developer's machine only.
        let isDevelopment = input.variable("NODE_ENV") == DeploymentEnvironment.development.rawValue
        let folders = isDevelopment ? [".", systemDirectory] : [systemDirectory]
        let places = folders.map { at(FilePath.join($0, name), input, isNamed: false) }
        return places.first(where: \.exists)
            ?? ConfigurationFile(
                path: places[0].path, directory: folders[0], directories: folders, isNamed: false, exists: false)
    }

    /// Says that a configuration in the working directory was passed over, where there is no other.
    func reportPassedOver(_ input: SettingsInput, _ problems: ProblemList) {
        guard !exists, !isNamed, !directories.contains("."), input.readFile(Self.name) != .absent else { return }
        problems.warn(
            nil,
            "./\(Self.name) is not read: name it by --config or HOOKLEDGER_CONFIG; on a developer's machine "
                + "NODE_ENV=development lets it be found")
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
