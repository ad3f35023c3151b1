import Platform

/// Who types: what `operator_log` names.
enum Actor {
    /// `cli:` and the login name, that of who called sudo(8) before root's.
    static var name: String {
        let names = ["SUDO_USER", "LOGNAME", "USER"].lazy.compactMap { Environment.value(of: $0) }
        return "cli:" + (names.first { !$0.isEmpty } ?? "unknown")
    }
}
