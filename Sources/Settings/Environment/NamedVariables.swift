/// Single variables by name, for commands that need values outside the configuration: those of the process, then those
/// of `hookledger-outbound.env` and of `hookledger.env` or `.env` beside the configuration.
public struct NamedVariables {
    private let variables: Variables

    /// - Parameter path: the configuration; found as `Settings.load` finds it. It may be missing or wrong.
    /// - Throws: what is wrong with the file of variables.
    public init(path: String? = nil, from input: SettingsInput) throws(SettingsErrors) {
        let location = ConfigurationFile.find(path, input)
        let problems = ProblemList(file: location.path)
        variables = Variables(input, directories: location.directories, reader: .person, problems: problems)
            .withOutbound(input, directories: location.directories, reader: .person, problems: problems)
        if problems.hasErrors { throw SettingsErrors(problems: problems.sorted) }
    }

    /// The variable, if it is set and not empty.
    public subscript(name: String) -> String? { variables[name]?.value }
}
