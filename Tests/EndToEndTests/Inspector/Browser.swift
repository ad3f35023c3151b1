import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// The inspector page in a real browser: Debian's Chromium, driven by the scripts of `Tests/Support/Browser`.
struct Browser {
    /// Whether there is one to be had, and what drives it.
    static let isThere: Bool = {
        guard let share = try? Executable.share(of: Executable.folder()) else { return false }
        return Files.exists(program) && Files.exists(share + "/.build/browser/installed.txt")
    }()

    static let absence: Comment =
        "no chromium, or no driver of it from PyPI in .build/browser: scripts/deps test gets both"

    private static let program = "/usr/bin/chromium"

    private let stack: LocalStack
    private let scripts: String
    private let settings: String

    /// Makes a token of each scope and writes down what the scripts need to know.
    ///
    /// - Parameter more: what else they do.
    init(_ stack: LocalStack, more: [String: String] = [:]) throws {
        self.stack = stack
        let share = try Executable.share(of: Executable.folder())
        scripts = share + "/Tests/Support/Browser"
        settings = stack.folder.path + "/browser.json"
        guard !Files.exists(settings) else { return }
        var tokens = JSONObject()
        for scope in ["read", "replay", "admin"] { tokens[scope] = .string(try Self.token(scope, stack)) }
        let known = [
            "url": stack.state.url, "certificate": stack.folder.certificate, "folder": stack.folder.logs,
            "secret": try #require(stack.secret("TIKTOK_APP_SECRET")),
            "comments": try #require(stack.secret("WEBHOOK_SECRET")), "browser": Self.program,
            "pictures": share + "/docs/screenshots", "environment": stack.folder.environment,
            "tool": try Executable.folder() + "/hookledger", "database": stack.state.database,
        ]
        var value = JSONObject()
        for (name, text) in known.merging(more, uniquingKeysWith: { $1 }) { value[name] = .string(text) }
        value["tokens"] = .object(tokens)
        try Files.write(settings, text: JSONValue.object(value).text, mode: 0o600)
    }

    private static func token(_ scope: String, _ stack: LocalStack) throws -> String {
        let output = try StackTool(stack).run(["token", "create", "browser-\(scope)", "--scope", scope])
        #expect(output.succeeded, "\(output.errorText)")
        return try #require(output.text.split(whereSeparator: \.isWhitespace).last.map(String.init))
    }

    /// Runs a scenario.
    ///
    /// - Returns: what it measured.
    func run(_ scenario: String) async throws -> JSONValue {
        try Self.measured(try await run([scenario]), scenario)
    }

    /// Runs scenarios one after another in one browser.
    ///
    /// - Returns: for ``measured(_:_:)``.
    func run(_ scenarios: [String]) async throws -> JSONValue {
        try await python(["drive.py", settings] + scenarios)
    }

    /// What a scenario measured; its problem, if it has one, is recorded.
    static func measured(_ results: JSONValue, _ scenario: String) throws -> JSONValue {
        let result = try #require(results[scenario], "\(scenario) was not run")
        if let problem = result["problem"]?.string { Issue.record("\(problem.suffix(6_000))") }
        return result["measured"] ?? .null
    }

    /// Uses the page in Firefox.
    func runFirefox() async throws { _ = try await python(["firefox.py", settings]) }

    /// Whether Debian's Firefox is there.
    static let isFirefoxThere = isThere && Files.exists("/usr/bin/firefox-esr")

    private func python(_ arguments: [String]) async throws -> JSONValue {
        let python = scripts + "/../../../.build/browser/bin/python3"
        let command = ChildCommand([python] + arguments, folder: scripts)
        let output = try await onThread { try ChildProcess.run(command, timeout: .seconds(1200)) }
        guard output.succeeded else {
            Issue.record("\(output.errorText.suffix(6_000))")
            return .null
        }
        return try JSONValue(parsing: Array(output.text.utf8))
    }
}
