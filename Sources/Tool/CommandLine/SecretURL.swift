/// URLs to which a token or a password may be sent.
enum SecretURL {
    /// Whether it is https, or http on this host.
    static func keepsSecrets(_ url: String) -> Bool {
        let parts = url.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        // The part before an @ is not the host.
        guard parts.count >= 3, parts[1].isEmpty, !parts[2].contains("@") else { return false }
        let hosts = ["127.0.0.1", "localhost", "[::1]"]
        return parts[0] == "https:"
            || parts[0] == "http:" && hosts.contains { parts[2] == $0 || parts[2].hasPrefix($0 + ":") }
    }
}
