internal import Crypto
internal import Platform

/// The secrets of a private stack, under the names that the integration guides use. Random for each stack, and kept:
/// what a developer has pasted elsewhere stays right.
struct DevelopmentSecrets {
    /// The names whose values are made up here: those of the guides, and those by which each provider's source is there
    /// (``ProviderVariables``), so that `hookledger send` can play every provider.
    static let names: [String] = {
        let names = ["TIKTOK_ACCESS_TOKEN"] + ProviderKeys.all.flatMap(\.names)
        return Array(Set(names)).sorted()
    }()

    private(set) var lines: [String]

    /// Reads the file beside the configuration, adds what is missing and writes it back (mode 0640, as the programs
    /// demand). Lines that a person added stay.
    ///
    /// - Parameter slackURL: where the stand-in for Slack is; its port may differ at each start.
    static func ensure(in folder: StackFolder, slackURL: String) throws(StackError) -> DevelopmentSecrets {
        var secrets = read(in: folder)
        if secrets.lines.isEmpty {
            secrets.lines = ["# Secrets of this private stack, made up at its first start."]
        }
        if secrets["TIKTOK_ACCESS_TOKEN"] == nil { secrets["TIKTOK_ACCESS_TOKEN"] = Hex.encode(Random.bytes(16)) }
        for keys in ProviderKeys.all { try keys.fill(&secrets) }
        if secrets["NODE_ENV"] == nil { secrets["NODE_ENV"] = "development" }
        secrets["SLACK_WEBHOOK_URL"] = slackURL
        try StackError.wrap {
            try Files.write(folder.secrets, text: secrets.lines.joined(separator: "\n") + "\n", mode: 0o640)
        }
        return secrets
    }

    /// What the file holds; nothing when there is none.
    static func read(in folder: StackFolder) -> DevelopmentSecrets {
        let text = (try? Files.readText(folder.secrets)) ?? ""
        return DevelopmentSecrets(lines: text.split(separator: "\n").map(String.init))
    }

    /// The value of a name, as it stands behind the "=".
    subscript(name: String) -> String? {
        get { lines.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) } }
        set {
            lines.removeAll { $0.hasPrefix(name + "=") }
            if let newValue { lines.append("\(name)=\(newValue)") }
        }
    }
}
