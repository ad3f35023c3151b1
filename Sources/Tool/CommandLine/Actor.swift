import Platform

/// The actor in `operator_log`.
enum Actor {
    /// `cli:` and the account's name; for root also the caller of sudo(8), which only root could forge.
    static var name: String {
        let sudo = Account.isRoot ? Environment.value(of: "SUDO_USER") ?? "" : ""
        return "cli:" + Account.name + (sudo.isEmpty ? "" : " (sudo \(sudo))")
    }
}
