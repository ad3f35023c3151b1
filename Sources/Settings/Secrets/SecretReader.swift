import Crypto

/// A reference, and its value.
struct ReadSecret {
    let reference: SecretReference
    let line: Int
    /// nil if it is absent, empty or white space; `missing` then gives advice.
    let secret: SecretBytes?
    let missing: String
    /// Whether it is there but empty.
    let isEmpty: Bool
    /// Whether this program must not have it: then it is not searched and not reported missing.
    var isWithheld = false
}

/// Reads `{ env: NAME }`, `{ file: PATH }` and `{ credential: NAME }`.
struct SecretReader {
    private enum Purpose {
        case connection, source, action
    }

    let input: SettingsInput
    let variables: Variables
    /// The variables that actions see.
    let outbound: Variables
    let reader: Settings.Reader
    private var purpose = Purpose.connection
    let use = SecretUse()
    /// The folder of the configuration: relative paths start here.
    let directory: String
    let problems: ProblemList

    init(
        input: SettingsInput, variables: Variables, outbound: Variables, reader: Settings.Reader, directory: String,
        problems: ProblemList
    ) {
        self.input = input
        self.variables = variables
        self.outbound = outbound
        self.reader = reader
        self.directory = directory
        self.problems = problems
    }

    /// The same for signing secrets and credentials of sources.
    var ofSources: SecretReader { meant(for: .source) }
    /// The same for the secrets of actions.
    var ofActions: SecretReader { meant(for: .action) }

    private func meant(for purpose: Purpose) -> SecretReader {
        var reader = self
        reader.purpose = purpose
        return reader
    }

    private var isWithheld: Bool {
        switch purpose {
        case .connection: false
        case .source: !reader.hasInbound
        case .action: !reader.hasOutbound
        }
    }

    /// - Parameter moreKeys: the keys allowed beside the reference.
    /// - Returns: nil, after a report, if there is no reference; a reference without a value is returned without its
    ///   secret and not reported, because its severity depends on its use.
    func read(_ node: YAMLNode, path: String, moreKeys: [String] = []) -> ReadSecret? {
        guard node.mapping != nil else {
            problems.error(
                node.line,
                "\(path) must not hold the secret itself: write { env: NAME }, { file: PATH } or { credential: NAME }"
                    + ", and rotate a secret that was written here")
            return nil
        }
        let keys = SecretReference.keys + moreKeys
        guard let section = Section(node, path: path, keys: keys, problems: problems) else { return nil }
        let written = SecretReference.keys.filter(section.has)
        guard written.count == 1, let key = written.first else {
            problems.error(node.line, "\(path) must have exactly one of env, file and credential")
            return nil
        }
        guard let name = section.text(key) else {
            if section[key] == nil { section.error(key, "must name where the secret is") }
            return nil
        }
        guard let reference = reference(key, name, section) else { return nil }
        let line = section.line(of: key)
        if isWithheld {
            return ReadSecret(
                reference: reference, line: line, secret: nil, missing: "", isEmpty: false, isWithheld: true)
        }
        note(reference, line: line)
        let (secret, missing) = resolve(reference, line: line)
        return ReadSecret(
            reference: reference, line: line, secret: secret, missing: missing,
            isEmpty: secret == nil && isThere(reference))
    }

    private func note(_ reference: SecretReference, line: Int) {
        if case .credential(let name) = reference { use.ofCredential(name) }
        guard case .env(let name) = reference else { return }
        switch purpose {
        case .connection: break
        case .source: use.ofSource(name)
        case .action: if let found = outbound[name] { use.ofAction(name, line: line, found) }
        }
    }

    /// Where this kind of secret is searched.
    private var visible: Variables { purpose == .action ? outbound : variables }

    private func isThere(_ reference: SecretReference) -> Bool {
        func isFile(_ path: String) -> Bool { if case .bytes = input.readFile(path) { true } else { false } }
        switch reference {
        case .env(let name): return visible[name] != nil || visible.isEmpty(name)
        case .file(let path): return isFile(path)
        case .credential(let name):
            return input.variable("CREDENTIALS_DIRECTORY").map { !$0.isEmpty && isFile(FilePath.join($0, name)) }
                ?? false
        }
    }

    private func reference(_ key: String, _ name: String, _ section: Section) -> SecretReference? {
        switch key {
        case "env":
            guard EnvironmentFile.isName(name[...]) else {
                section.error(key, "must be the name of a variable (letters, digits and _), not its value")
                return nil
            }
            return .env(name)
        case "file":
            return .file(FilePath.join(directory, name))
        default:
            guard !name.contains("/"), name != ".", name != ".." else {
                section.error(key, "must be the name of a systemd credential, without a path")
                return nil
            }
            return .credential(name)
        }
    }

    /// Looks a reference up.
    func resolve(_ reference: SecretReference, line: Int?) -> (secret: SecretBytes?, missing: String) {
        switch reference {
        case .env(let name):
            return (visible[name].flatMap { Self.secret(Array($0.value.utf8)) }, missing(name))
        case .file(let path):
            if let advice = FilePath.exposure(path, mode: input.fileMode(path)) {
                problems.add(SettingsProblem(.error, file: path, line: nil, advice))
                return (nil, "run: chmod 640 '\(path)'")
            }
            return read(path)
        case .credential(let name):
            guard let directory = input.variable("CREDENTIALS_DIRECTORY"), !directory.isEmpty else {
                return (
                    nil, "$CREDENTIALS_DIRECTORY is not set: start it through systemd with LoadCredential=\(name):…"
                )
            }
            return read(FilePath.join(directory, name))
        }
    }

    private func missing(_ name: String) -> String {
        if purpose != .action, variables[name] == nil, outbound[name] != nil {
            return "move \(name) from \(Variables.outboundName), which the responder cannot read, to "
                + "\(Variables.inboundName)"
        }
        let file = purpose == .action ? Variables.outboundName : Variables.inboundName
        return "set \(name) in the environment or in \(file) beside the configuration"
    }

    private func read(_ path: String) -> (secret: SecretBytes?, missing: String) {
        switch input.readFile(path) {
        case .bytes(let bytes): (Self.secret(bytes), "put the secret into \(path)")
        case .absent: (nil, "\(path) does not exist: write the secret into it, mode 640")
        case .unreadable(let reason): (nil, "\(path) cannot be read (\(reason)): give the service's user read access")
        }
    }

    /// Without the byte order mark that editors on Windows put before a text, and without the line end that editors and
    /// `echo` put behind it. A secret of white space is empty: a key that anyone can guess must never verify anything.
    private static func secret(_ bytes: [UInt8]) -> SecretBytes? {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return isBlank ? nil : SecretBytes(Array(bytes))
    }
}
