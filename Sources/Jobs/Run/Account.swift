import Crypto

/// Whose requests a destination counts together: the key under which runs keep what it said of them.
enum Account {
    /// - Parameter name: what the action knows of the account, perhaps a secret; nil for nothing.
    /// - Returns: the destination, and a name that does not give the secret away.
    static func key(_ name: String?, at destination: String) -> String {
        guard let name else { return destination + " (any account)" }
        return destination + " (account \(Hex.encode(Digest.sha256.hash(Array(name.utf8))).prefix(12)))"
    }

    /// Whether that is the key of an account, and not a destination.
    static func isKey(_ text: String) -> Bool { text.hasSuffix(")") }
}
