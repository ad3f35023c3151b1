/// Who may log in as which role of one database: the lines of pg_ident.conf and pg_hba.conf.
///
/// The roles are named, so that no line of ours is ever used for another role, such as `postgres`.
public struct DatabaseAccess: Sendable, Equatable {
    /// A system user and the role that it logs in as.
    public struct Login: Sendable, Equatable {
        let user: String
        let role: String

        /// A login of that user as that role.
        public init(user: String, role: String) { (self.user, self.role) = (user, role) }
    }

    /// The name of the map in pg_ident.conf.
    public static let map = "hookledger"

    private let database: String
    private let logins: [Login]
    private let roles: [String]

    /// - Parameters:
    ///   - database: its name.
    ///   - logins: who logs in by the map.
    ///   - others: more roles that may log in through it, once a person writes a line for them.
    public init(database: String, logins: [Login], others: [String]) {
        self.database = database
        self.logins = logins
        roles = logins.map(\.role) + others
    }

    /// The lines of pg_ident.conf.
    public var identLines: [String] {
        let width = logins.map(\.user.count).max() ?? 0
        return logins.map { login in
            let space = String(repeating: " ", count: width - login.user.count)
            return "\(Self.map)  \(login.user)\(space)  \(login.role)"
        }
    }

    /// The line of pg_hba.conf.
    public var accessLine: String {
        let isPlain = database.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        let name = isPlain && !AccessRule.words.contains(database) ? database : "\"\(database)\""
        return "local \(name) \(roles.joined(separator: ",")) peer map=\(Self.map)"
    }

    /// A line of an earlier guide: it locks `postgres` out of the database.
    private var formerLine: String { "local \(database) all peer map=\(Self.map)" }

    /// pg_ident.conf with our lines.
    /// - Throws: ``SetupProblem`` for marks without a partner.
    public func ident(_ text: String, path: String) throws(SetupProblem) -> String {
        let current = MarkedText(text)
        var base = try current.withoutBlocks(of: path)
        let written = Set(base.lines.map(AccessRule.tokens))
        if identLines.allSatisfy({ written.contains(AccessRule.tokens($0)) }) { return base.text }
        base.insert(identLines, before: min(current.blockStart ?? base.lines.count, base.lines.count))
        return base.text
    }

    /// pg_hba.conf with our line, above every rule that could be used for our roles in its place: the first one that
    /// matches is the only one that counts.
    /// - Throws: ``SetupProblem`` for marks without a partner.
    public func access(_ text: String, path: String) throws(SetupProblem) -> String {
        let current = MarkedText(text)
        var base = try current.withoutBlocks(of: path)
        let former = AccessRule.tokens(formerLine)
        base.remove { AccessRule.tokens($0) == former }
        let own = AccessRule.tokens(accessLine)
        let first = base.lines.firstIndex { AccessRule.tokens($0) == own || catches($0) }
        if let first, AccessRule.tokens(base.lines[first]) == own { return base.text }
        let kept = current.blockStart.flatMap { $0 <= first ?? base.lines.count ? $0 : nil }
        base.insert([accessLine], before: kept ?? first ?? base.lines.count)
        return base.text
    }

    private func catches(_ line: String) -> Bool {
        AccessRule(line).map { $0.isLocal && $0.mayBe(ofDatabase: database) && $0.mayBe(ofOneOf: roles) } ?? false
    }
}
