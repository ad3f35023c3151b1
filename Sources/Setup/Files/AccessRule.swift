/// A line of pg_hba.conf, as far as its place among the others matters (PostgreSQL, "The pg_hba.conf File").
struct AccessRule {
    /// Words with a meaning of their own in the place of a database.
    static let words: Set = ["all", "sameuser", "samerole", "samegroup", "replication"]

    private let databases: [Substring]
    private let users: [Substring]
    let isLocal: Bool

    /// nil for a comment, an empty line and what is no rule.
    init?(_ line: String) {
        let tokens = Self.tokens(line)
        guard tokens.count >= 4 else { return nil }
        isLocal = tokens[0] == "local"
        databases = tokens[1].split(separator: ",")
        users = tokens[2].split(separator: ",")
    }

    /// The words of a line up to a comment; quotes keep spaces together and stay.
    static func tokens(_ line: String) -> [String] {
        var tokens: [String] = []
        var token = ""
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, character == "#" { break }
            if !isQuoted, character.isWhitespace {
                if !token.isEmpty { tokens.append(token) }
                token = ""
            } else {
                token.append(character)
            }
        }
        return token.isEmpty ? tokens : tokens + [token]
    }

    /// Whether it may be used for a connection to that database; a list in a file and a pattern may.
    func mayBe(ofDatabase name: String) -> Bool {
        databases.contains { word in
            word == name || word == "\"\(name)\"" || ["all", "sameuser", "samerole", "samegroup"].contains(word)
                || word.hasPrefix("@") || word.hasPrefix("/")
        }
    }

    /// Whether it may be used for one of the roles; members of a group and a pattern may.
    func mayBe(ofOneOf roles: [String]) -> Bool {
        users.contains { word in
            word == "all" || "+@/".contains(word.first ?? " ") || roles.contains { word == $0 || word == "\"\($0)\"" }
        }
    }
}
