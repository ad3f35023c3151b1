/// The allowed names of sources, actions, rules and flags: they appear in logs, tables, file names and rules.
enum Names {
    /// Whether an entry's key is a valid name; reports it otherwise.
    static func check(_ entry: YAMLEntry, of kind: String, _ problems: ProblemList) -> Bool {
        check(entry.key, line: entry.line, of: kind, problems)
    }

    static func check(_ name: String, line: Int, of kind: String, _ problems: ProblemList) -> Bool {
        let isName =
            (1...63).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
        if !isName {
            problems.error(
                line, "the \(kind)'s name must be 1 to 63 lower-case letters, digits, - and _")
        }
        return isName
    }
}
