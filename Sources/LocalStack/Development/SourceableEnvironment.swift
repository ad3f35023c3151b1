internal import Platform
internal import Providers
internal import Webhooks

/// The file that a shell sources to talk to the stack.
enum SourceableEnvironment {
    static func write(
        to folder: StackFolder, state: StackState, secrets: DevelopmentSecrets, programs: StackPrograms
    ) throws(StackError) {
        var variables = [
            ("HOOKLEDGER_URL", state.url), ("HOOKLEDGER_CA", folder.certificate),
            ("HOOKLEDGER_CONFIG", folder.configuration), ("HOOKLEDGER_DATABASE", state.database),
            ("HOOKLEDGER_READER", state.reader), ("SLACK_WEBHOOK_URL", state.slackURL),
        ]
        variables += DevelopmentSecrets.names.compactMap { name in secrets[name].map { (name, $0) } }
        variables += DevelopmentKeys.providers.map {
            (DevelopmentKeys.variable(of: $0.name), "\(folder.path)/\(DevelopmentKeys.privateFile(of: $0.name))")
        }
        let lines = variables.map { "export \($0)=\(quoted($1))\n" }
        let binaries = quoted(
            String(programs.tool.prefix(upTo: programs.tool.lastIndex(of: "/") ?? programs.tool.startIndex)))
        // Sourcing it twice does not extend the path twice.
        let path = "case \":$PATH:\" in *:\(binaries):*) ;; *) export PATH=\(binaries):\"$PATH\" ;; esac\n"
        try StackError.wrap {
            try Files.write(folder.environment, text: lines.joined() + path, mode: 0o600, durable: false)
        }
    }

    /// For a POSIX shell: in single quotes, which keep everything but themselves.
    static func quoted(_ value: String) -> String {
        "'" + value.escapingScalars { $0 == "'" ? #"'\''"# : nil } + "'"
    }
}
