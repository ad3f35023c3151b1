import LocalStack
import Platform

/// Who types the command, for `operator_log`.
enum Person {
    /// `cli:` and the login name; through sudo(8) that of who called it.
    static func actor() throws -> String {
        if let name = Environment.value(of: "SUDO_USER"), !name.isEmpty { return "cli:" + name }
        let output = try ChildProcess.run(ChildCommand(["id", "-un"]))
        guard output.succeeded else { throw StackError(.failed, "who is this? \(output.errorText)") }
        return "cli:" + output.text
    }
}
