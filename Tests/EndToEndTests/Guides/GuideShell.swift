import LocalStack
import Platform
import StackSuite
import Testing

/// A shell in which the commands of a guide run as written: only scheme, host and port are those of the stack.
struct GuideShell {
    private let stack: LocalStack
    /// What the stack has stored.
    let books: StackBooks

    /// The secrets that the guides write into their examples.
    static let secrets = "WEBHOOK_SECRET=your-webhook-secret\nEVERSHOP_WEBHOOK_SECRET=your-webhook-secret\n"

    /// A shell for the stack of the suite.
    init() throws {
        stack = try #require(TestStack.current)
        books = StackBooks(stack)
    }

    /// A stack of the real programs, as a developer gets it, with the guides' secrets.
    static func options(_ options: inout StackOptions) throws {
        try TestStack.useRealPrograms(&options)
        try Files.makeFolder(options.folder)
        try Files.write(options.folder + "/hookledger.env", text: secrets, mode: 0o640)
    }

    /// Runs a script and gives its lines. `curl` is quiet, asks no proxy, and ends its output with status and line end;
    /// `$BASE` is the stack, over plain http.
    func lines(_ script: String) throws -> [String] {
        let prelude = """
            . "$1"
            BASE=$2
            curl() { command curl -sS --max-time 10 --noproxy '*' -w ' %{http_code}\\n' "$@"; }

            """
        let output = try ChildProcess.run(
            ChildCommand([
                "/bin/sh", "-eu", "-c", prelude + script, "sh", stack.folder.environment, stack.state.plainURL,
            ]))
        try #require(output.succeeded, "\(output.errorText)")
        return output.text.split(separator: "\n").map(String.init)
    }
}
