/// What messages show of a key that somebody wrote: a secret may stand where a key should.
enum KeyText {
    /// ` "secretz"` for a key that is nearly a known one, is known elsewhere, or is too short for a secret; nothing of any
    /// other: the line says where it stands.
    static func unknown(_ key: String, among known: [String]) -> String {
        let isHarmless =
            key.utf8.count <= 4 || elsewhere.contains(key) || Suggestion.nearest(to: key, among: known) != nil
        return isHarmless ? " \"\(key)\"" : ""
    }

    private static let elsewhere = Set(ConfigurationKeys.all.flatMap(\.keys))

    /// A key that the operator chose, as a step of a path: a name, or nothing of what is none.
    static func step(_ key: String) -> String {
        let isName =
            (1...63).contains(key.utf8.count)
            && key.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "-_. ".utf8.contains(byte)
                }
            }
        return isName ? key : "(no name)"
    }
}
