/// The form of a written key in messages: a secret may be in the place of a key.
enum KeyText {
    /// ` "secretz"` for a key that is nearly a known one, is known elsewhere, or is too short for a secret; otherwise
    /// nothing: the line number has to do.
    static func unknown(_ key: String, among known: [String]) -> String {
        let isHarmless =
            key.utf8.count <= 4 || elsewhere.contains(key) || Suggestion.nearest(to: key, among: known) != nil
        return isHarmless ? " \"\(key)\"" : ""
    }

    private static let elsewhere = Set(ConfigurationKeys.all.flatMap(\.names))

    /// A key that the operator chose, as a step of a path: only if it is a valid name.
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
