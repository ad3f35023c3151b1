internal import Crypto
internal import Platform
internal import Providers
internal import Settings

/// The secrets of a private stack, under the names of the integration guides where they have one. Random for each
/// stack, and kept, so that copies elsewhere stay valid.
struct DevelopmentSecrets {
    /// The names whose values are generated here: those of every provider that has a shared secret or credentials.
    static let names: [String] = {
        var seen: Set<String> = []
        let names = ProviderRegistry.all.flatMap { provider in
            let credentials = ProviderVariables.credentials(of: provider.name).values.sorted()
            return DevelopmentKeys.kind(for: provider) == nil
                ? credentials + [ProviderVariables.secret(of: provider.name)] : credentials
        }
        return (names + ["TIKTOK_ACCESS_TOKEN"]).filter { seen.insert($0).inserted }
    }()

    private(set) var lines: [String]

    /// Reads the file beside the configuration, adds what is missing and writes it back (mode 0640, as the programs
    /// demand). Lines that a person added stay.
    ///
    /// - Parameter slackURL: where the stand-in for Slack is; its port may differ at each start.
    static func ensure(in folder: StackFolder, slackURL: String) throws(StackError) -> DevelopmentSecrets {
        var secrets = read(in: folder)
        if secrets.lines.isEmpty {
            secrets.lines = ["# Secrets of this private stack, generated at its first start."]
        }
        for name in names where secrets[name] == nil { secrets[name] = Hex.encode(Random.bytes(16)) }
        if secrets["NODE_ENV"] == nil { secrets["NODE_ENV"] = "development" }
        secrets["SLACK_WEBHOOK_URL"] = slackURL
        try StackError.wrap {
            try Files.write(folder.secrets, text: secrets.lines.joined(separator: "\n") + "\n", mode: 0o640)
        }
        return secrets
    }

    /// The content of the file; nothing if it is missing.
    static func read(in folder: StackFolder) -> DevelopmentSecrets {
        let text = (try? Files.readText(folder.secrets)) ?? ""
        return DevelopmentSecrets(lines: text.split(whereSeparator: \.isNewline).map(String.init))
    }

    /// The value of a name, as written after the "=".
    subscript(name: String) -> String? {
        get { lines.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } }
        set {
            lines.removeAll { $0.hasPrefix(name + "=") }
            if let newValue { lines.append("\(name)=\(newValue)") }
        }
    }
}
