package import Platform

/// A command in a terminal of its own.
package enum TestTerminal {
    /// - Parameters:
    ///   - command: what runs there.
    ///   - columns: how wide the terminal is.
    ///   - steps: each a text that the terminal must show, and the keys that are pressed then.
    /// - Returns: a command whose output is what the terminal showed, lines with CR LF; 99 if a text did not come.
    package static func around(
        _ command: ChildCommand, columns: Int, steps: [(text: String, keys: String)] = []
    ) -> ChildCommand {
        let here = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
        var around = command
        around.arguments =
            ["python3", here + "/terminal.py", "\(columns)"] + steps.flatMap { [$0.text, $0.keys] } + ["--"]
            + command.arguments
        return around
    }
}
