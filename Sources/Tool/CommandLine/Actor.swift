import Platform

/// Who types: what `operator_log` names.
enum Actor {
    /// `cli:` and the account's name; after root's that of who called sudo(8), in which only root could lie.
    static var name: String {
        let sudo = Account.isRoot ? Environment.value(of: "SUDO_USER") ?? "" : ""
        return "cli:" + Account.name + (sudo.isEmpty ? "" : " (sudo \(sudo))")
    }
}
