import Glibc
package import JSON
import Ledger
import LocalStack
package import Platform
import Testing

/// The real `hookledger-batch`, with a configuration that posts every event to a receiver.
package struct BatchProgram {
    private let program: String
    package let config: String
    package let folder: String
    private let url: String

    /// - Parameters:
    ///   - actions: the lines of `actions:`; nil posts to `url` as the action `ops`.
    ///   - url: `env: URL_3` in an action is this with `?3`, up to 40.
    ///   - condition: of the one rule, which leads to all actions.
    ///   - flags: the flags that are on.
    ///   - more: further lines of the configuration.
    package init(
        _ fixture: JobsFixture, url: String, actions: [String]? = nil, condition: String = "{ type: order.updated }",
        flags: [String] = [], more: String = ""
    ) throws {
        self.url = url
        let actions = actions ?? ["ops: { kind: http, url: \"\(url)\", backoff: 10ms }"]
        let names = actions.map { $0.prefix { $0 != ":" } }.joined(separator: ", ")
        program = try #require(Self.locate())
        folder = try Files.makeTemporaryFolder()
        config = folder + "/hookledger.yaml"
        let yaml = """
            database:
              conninfo: "\(try fixture.conninfo())"
              roles: { operator: "\(try fixture.conninfo("hookledger_operator"))" }
            sources:
              shop: { providers: [tiktok_shop, tiktok_shop_guide], secrets: [ { env: SECRET } ] }
            actions:
              \(actions.joined(separator: "\n  "))
            rules:
              - name: rule-1
                when: \(condition)
                do: [\(names)]
            address_guard: { allow_private_hosts: [127.0.0.1, localhost] }
            flags: { \(flags.map { "\($0): true" }.joined(separator: ", ")) }
            \(more)
            """
        try Files.write(config, text: yaml)
        try GenerationFile(folder + "/generation").ensure()
    }

    /// `hookledger` with those arguments and this configuration.
    package func tool(_ arguments: [String]) -> ChildCommand {
        let path = program.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/hookledger"
        return ChildCommand([path] + arguments + ["--config", config], environment: ["SECRET": "s"])
    }

    package func start(_ arguments: String...) throws -> ChildProcess { try start(arguments) }

    package func start(_ arguments: [String]) throws -> ChildProcess {
        var environment = Dictionary(uniqueKeysWithValues: (1...40).map { ("URL_\($0)", "\(url)?\($0)") })
        // What the stand-ins want to see.
        environment.merge([
            "TOKEN": "test-token", "APP_KEY": "29a39d", "APP_SECRET": "e59af819cc",
            "HOOK_SECRET": "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
        ]) { $1 }
        var command = ChildCommand(
            [program, "--config", config, "--slots", "64"] + arguments, environment: environment)
        command.errors = .file(log)
        return try ChildProcess.spawn(command)
    }

    private var log: String { folder + "/log" }

    /// The lines that runs have logged so far.
    package func logged() throws -> [JSONValue] {
        try Files.readText(log).split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }

    package func remove() { try? Files.remove(folder) }

    /// Beside the test program: both are products of one build.
    private static func locate() -> String? {
        guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(resolved) }
        let own = String(cString: resolved)
        let path = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/hookledger-batch"
        return access(path, X_OK) == 0 ? path : nil
    }
}
