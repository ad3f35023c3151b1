import Crypto

/// Reads `database:`, or without it the guides' `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASSWORD`.
struct DatabaseReader {
    /// The socket of Debian's Postgres, and the database name of the documentation.
    static let fallback = "host=/run/postgresql dbname=hookledger"
    private static let variableNames = [
        ("DB_HOST", "host"), ("DB_PORT", "port"), ("DB_NAME", "dbname"), ("DB_USER", "user"),
    ]

    let secrets: SecretReader
    let problems: ProblemList

    /// The variable that names the cell on which a program works.
    static let cellVariable = "HOOKLEDGER_CELL"

    /// The settings of the cell that `HOOKLEDGER_CELL` names, otherwise those of the database.
    func readOfCell(_ root: Section) -> DatabaseSettings? {
        guard let settings = read(root) else { return nil }
        guard let name = secrets.input.variable(Self.cellVariable), !name.isEmpty else { return settings }
        if let cell = settings.cell(named: name) { return cell }
        let names = settings.cells.map(\.name).joined(separator: ", ")
        problems.error(
            nil,
            "\(Self.cellVariable) is \"\(name)\", which is no cell of database.cells"
                + (names.isEmpty ? "; there are none" : "; they are \(names)"))
        return nil
    }

    func read(_ root: Section) -> DatabaseSettings? {
        guard let node = root["database"] else {
            return DatabaseSettings(common: fromVariables(), roles: [:])
        }
        reportIgnoredVariables()
        guard node.mapping != nil, !isReference(node) else {
            return connection(node, path: "database").map { DatabaseSettings(common: $0, roles: [:]) }
        }
        let keys = DatabaseKeys.section.names
        guard let section = Section(node, path: "database", keys: keys, problems: problems) else { return nil }
        let common = connection(section)
        var roles: [DatabaseSettings.Role: ConnectionInfo] = [:]
        if let overrides = section.section("roles", keys: DatabaseKeys.roles.names) {
            for entry in overrides.all {
                guard let role = DatabaseSettings.Role(rawValue: entry.key) else { continue }
                roles[role] = connection(entry.value, path: overrides.path(of: entry.key), of: common)
            }
        }
        let cells = cells(section)
        return common.map { DatabaseSettings(common: $0, roles: roles, cells: cells) }
    }

    private func cells(_ section: Section) -> [DatabaseSettings.Cell] {
        (section.section("cells", keys: nil)?.all ?? []).compactMap { entry in
            let path = "database.cells.\(entry.key)"
            guard DatabaseSettings.Cell.isName(entry.key) else {
                problems.error(
                    entry.line,
                    "\(path) must be the name of the cell's database, of lower-case letters, digits and underscores")
                return nil
            }
            return connection(entry.value, path: path).map { DatabaseSettings.Cell(name: entry.key, connection: $0) }
        }
    }

    /// One connection: a connection string, a reference to one, or its parts.
    /// - Parameter common: the connection that parts are a change of; nil for none.
    private func connection(_ node: YAMLNode, path: String, of common: ConnectionInfo? = nil) -> ConnectionInfo? {
        if let scalar = node.scalar { return checked(scalar.text, path: path, line: node.line) }
        if isReference(node) {
            guard let read = secrets.read(node, path: path) else { return nil }
            guard let secret = read.secret else {
                problems.error(read.line, "\(path) cannot be read from \(read.reference): \(read.missing)")
                return nil
            }
            return ConnectionInfo(whole: secret)
        }
        return Section(node, path: path, keys: DatabaseKeys.connection.map(\.name), problems: problems)
            .flatMap { connection($0, of: common) }
    }

    private func connection(_ section: Section, of common: ConnectionInfo? = nil) -> ConnectionInfo? {
        let written = DatabaseKeys.parts.map(\.name).filter(section.has)
        if section.has("conninfo"), let first = written.first {
            section.error(first, "cannot be combined with conninfo; put it into the connection string")
            return nil
        }
        var password: SecretBytes?
        if let node = section["password"] {
            guard let read = secrets.read(node, path: section.path(of: "password")) else { return nil }
            guard let secret = read.secret else {
                section.error("password", "cannot be read from \(read.reference): \(read.missing)")
                return nil
            }
            password = secret
        }
        guard section.has("conninfo") else {
            let pairs = written.compactMap { key in section.text(key).map { (key, $0) } }
            if let common { return common.changed(pairs, password: password) }
            let text = pairs.isEmpty ? Self.fallback : join(pairs)
            return ConnectionInfo(visible: text, password: password)
        }
        return section.text("conninfo")
            .flatMap { checked($0, path: section.path(of: "conninfo"), line: section.line(of: "conninfo")) }
            .map { ConnectionInfo(visible: $0.visible, password: password) }
    }

    private func checked(_ text: String, path: String, line: Int) -> ConnectionInfo? {
        if Conninfo.holdsPassword(text) {
            problems.error(
                line,
                "\(path) must not hold the password itself: write database: { conninfo: …, password: { env: NAME } }"
                    + ", and change a password that was written here")
            return nil
        }
        guard Conninfo.isURI(text) || Conninfo.pairs(text) != nil else {
            problems.error(line, "\(path) is not a connection string; write for example \"\(Self.fallback)\"")
            return nil
        }
        return ConnectionInfo(visible: text, password: nil)
    }

    private func isReference(_ node: YAMLNode) -> Bool {
        node.mapping?.contains { SecretReference.keys.contains($0.key) } ?? false
    }

    private func fromVariables() -> ConnectionInfo {
        let pairs = Self.variableNames.compactMap { name, key in secrets.variables[name].map { (key, $0.value) } }
        let password = secrets.resolve(.env("DB_PASSWORD"), line: nil).secret
        if pairs.isEmpty {
            problems.notice(nil, "no database: section; using \"\(Self.fallback)\"")
        }
        return ConnectionInfo(visible: pairs.isEmpty ? Self.fallback : join(pairs), password: password)
    }

    private func reportIgnoredVariables() {
        for (name, _) in Self.variableNames {
            guard let found = secrets.variables[name] else { continue }
            problems.add(
                SettingsProblem(
                    .notice, file: found.file, line: found.line,
                    "\(name) is not used, because the configuration has a database: section"))
        }
    }

    private func join(_ pairs: [(String, String)]) -> String {
        pairs.map { key, value in
            let isPlain = !value.isEmpty && value.allSatisfy { !$0.isWhitespace && $0 != "'" && $0 != "\\" }
            return "\(key)=\(isPlain ? value : Conninfo.quoted(value))"
        }
        .joined(separator: " ")
    }
}
