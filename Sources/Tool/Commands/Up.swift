import ArgumentParser
import JSON
import LocalStack
import Platform

/// `hookledger up`
struct Up: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a private stack: Postgres, nginx with TLS, responder, batch processor.",
        discussion: """
            All its data is in one folder; the connection settings are in the file `env` there, \
            which a shell can source. Ports are HOOKLEDGER_HTTPS_PORT (8443) and HOOKLEDGER_HTTP_PORT (8080) of \
            127.0.0.1; 0 takes a free one.

            One user runs everything here; a real host has one per service (docs/install.md).
            """)

    @OptionGroup var folder: FolderArgument

    @Flag(help: "Stay in the foreground, show the log, and stop everything on Ctrl-C.")
    var foreground = false

    @Flag(help: "Send one signed order through the stack and show the result (with --foreground).")
    var demo = false

    @Flag(help: "Refuse deliveries over plain http and redirect other requests to https, as a real host does.")
    var production = false

    @Flag(help: "One JSON object (without --foreground).")
    var json = false

    func validate() throws {
        if json, foreground { throw ValidationError("--json cannot be combined with --foreground") }
        if demo, !foreground { throw ValidationError("--demo needs --foreground") }
    }

    func run() throws {
        try reportingErrors {
            let folder = try folder.resolved()
            var options = try StackVariables.options(folder)
            options.isProduction = production
            if let state = LocalStack.running(in: folder) {
                if json { return say(state, folder, wasUp: true) }
                return Console.say(
                    "Already up: \(state.url)   (stop it with `hookledger down`)\n\n\(StackLinks.text(state))")
            }
            if foreground {
                try ForegroundStack(options, demonstrates: demo).run()
            } else {
                let (state, _) = try LocalStack.startInBackground(options)
                if json { return say(state, folder, wasUp: false) }
                Console.say(
                    "Up: \(state.url) and \(state.plainURL)\n\n\(StackLinks.text(state))\n\nTo talk to it:  . \(folder.environment)"
                )
            }
        }
    }

    private func say(_ state: StackState, _ folder: StackFolder, wasUp: Bool) {
        let shown: JSONValue = [
            "url": .string(state.url), "plain_url": .string(state.plainURL), "folder": .string(folder.path),
            "environment": .string(folder.environment), "was_up": .bool(wasUp),
            "inspector": .string(ServerLinks(state.url).inspector), "docs": .string(ServerLinks(state.url).docs),
        ]
        Console.say(shown.text)
    }
}
