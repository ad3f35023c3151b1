import ArgumentParser
import Crypto
import Jobs
import Platform
import Settings
import Verification
import Webhooks

/// `hookledger listen`
struct Listen: CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "Forward live events to your own server, signed again with a local secret.",
        discussion: """
            Does the work of a tunnel without one: every event that a server stores from now on is sent to \
            the target in commit order, as its provider would send it. Events come straight from the \
            database (on the server's host) or, with --server, from its REST API (with a token of the scope read).

              hookledger listen 3000 --secret-env APP_SECRET
              hookledger listen --server https://hooks.example.com --token-env TOKEN \\
                http://localhost:3000 \\
                --secret-env tiktok-shop=APP_SECRET --secret-env shopify=SHOPIFY_SECRET

            While your server is away, events wait; an event that it answers with an error is sent --attempts times. \
            The file --cursor keeps the position, so that nothing is lost on a restart; the last event \
            may then be sent twice. Each request has a header x-hookledger-event with the event's id. Replays are sent, too, \
            with the run in the header x-hookledger-replay; so are signed pings and portal tests, \
            with the header x-hookledger-handshake, and with --handshakes unsigned ones. The query of a handshake \
            is not stored. Events of sources without a secret are sent unsigned. The API's rate limit applies to --server.

            --where takes conditions as rules have them: \
            --where 'type: order.created, order.total_amount: { gte: 50 }'. They are asked of the event as it was sent.

            In a terminal: r sends the last event again, o opens it in the inspector, c copies it as a curl \
            command, f changes the filter, q ends.

            Exit codes: 0 ended by Ctrl-C, or with --once; 64 wrong usage; 70 failed.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The target: a port of this host, such as 3000, or a URL; without a path each event keeps its own.")
    var target: String?

    @Option(help: "The same as the argument.")
    var forwardTo: String?

    @Option(help: "The server to read from by REST API (default: the configuration's database).")
    var server: String?

    @Option(help: "The variable with the API token.")
    var tokenEnv: String?

    @Option(help: "Only events from this source.")
    var source: String?

    @Option(help: "Only events of this type.")
    var type: String?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only events that fit these conditions.", valueName: "conditions"))
    var conditions: String?

    @Option(
        name: .customLong("secret-env"),
        help: ArgumentHelp(
            "The variable that holds the local signing secret, or the PEM of a private key: for all sources, or one.",
            valueName: "source=name"))
    var secretVariables: [String] = []

    @Option(
        name: .customLong("credential"),
        help: ArgumentHelp("A static credential that a scheme signs, such as app_key=….", valueName: "name=value"))
    var credentials: [String] = []

    @Option(
        help: "The file that keeps the position (default: .hookledger-listen-… here, one for each server and target).")
    var cursor: String?

    @Option(help: "How often to send an event that your server answers with an error.")
    var attempts = 5

    @Option(help: "Milliseconds between polls (default: 500; 5000 with --server).")
    var every: Int64?

    @Option(help: "The CA certificate for --server and the target, a PEM file (default: $HOOKLEDGER_CA).")
    var ca: String?

    @Flag(help: "Forward unsigned pings and challenges, too.")
    var handshakes = false

    @Flag(help: "Forward the events stored so far, and exit.")
    var once = false

    @Flag(help: "One JSON object a line.")
    var json = false

    func validate() throws {
        guard (server == nil) == (tokenEnv == nil) else {
            throw ValidationError("--server and --token-env must be given together")
        }
        guard attempts > 0, every.map({ (50...600_000).contains($0) }) ?? true else {
            throw ValidationError("--attempts must be at least 1, and --every from 50 to 600000")
        }
        guard (target == nil) != (forwardTo == nil) else {
            throw ValidationError("give the target once, such as: hookledger listen 3000")
        }
        _ = try targetURL()
        if let server, !server.hasPrefix("http://"), !server.hasPrefix("https://") {
            throw ValidationError("\(server) is not a URL, such as https://hooks.example.com")
        }
        if let server, !SecretURL.keepsSecrets(server) {
            throw ValidationError(
                "--server must be https, or http on this host: otherwise the token could be read in transit")
        }
    }

    private func targetURL() throws -> String {
        let text = target ?? forwardTo ?? ""
        guard let url = ListenTarget.url(text) else {
            throw ValidationError("\(text) is neither a port nor a URL, such as 3000 or http://localhost:3000")
        }
        return url
    }

    var cellScope: CellScope {
        if server != nil { return .router }
        return .refused(
            "live events are those of one database: HOOKLEDGER_CELL=NAME hookledger listen …, once for each cell")
    }

    func run() throws {
        try reportingErrors {
            let target = try targetURL()
            let filter = try conditions.map {
                try ListenFilter($0, sources: server == nil ? try database.settings().sources.map(\.name) : nil)
            }
            if server == nil { try database.tellUnknown(.source(source), .type(type)) }
            let stop = StopFlag()
            Signals.block([.interrupt, .terminate])
            _ = try Thread(name: "signals") {
                _ = Signals.wait(for: [.interrupt, .terminate])
                stop.raise()
            }
            var cursor = try ListenCursor(path: cursor ?? ListenCursor.path(server: server, target: target))
            let signer = LocalSigner(secrets: try secrets(), credentials: try SchemeArguments.credentials(credentials))
            let keys = json || once ? nil : TerminalKeys()
            defer { keys?.giveBack() }
            let console = ListenConsole(
                filter: filter, keys: keys,
                links: (server ?? Environment.value(of: "HOOKLEDGER_URL").flatMap { $0.isEmpty ? nil : $0 })
                    .map(ServerLinks.init)
            ) { stop.raise() }
            let listener = Listener(
                feed: try feed(),
                forwarder: try Forwarder(
                    target: target, signer: signer, attempts: attempts, caFile: ca),
                log: ListenLog(asJSON: json), console: console,
                interval: .milliseconds(every ?? (server == nil ? 500 : 5000)),
                endsWhenEmpty: once,
                shouldStop: { stop.isRaised })
            StandardError.write("listening; cursor in \(cursor.path)\(cursor.cursor == nil ? ", starting now" : "")")
            if keys != nil { StandardError.write(ListenConsole.help) }
            try listener.run(&cursor)
        }
    }

    private func feed() throws -> any EventFeed {
        guard let server, let tokenEnv else {
            return DatabaseFeed(try database.connect(), source: source, type: type, unsigned: handshakes)
        }
        return RemoteFeed(
            server: Self.withoutSlash(server), token: try Self.secret(tokenEnv), source: source, type: type, caFile: ca,
            unsigned: handshakes)
    }

    private func secrets() throws -> [String: SigningSecret] {
        var secrets: [String: SigningSecret] = [:]
        for text in secretVariables {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.last, !name.isEmpty else { throw UsageError("--secret-env takes a variable's name") }
            secrets[parts.count > 1 ? parts[0] : ""] = SigningSecret(keyID: name, secret: try Self.secret(name))
        }
        return secrets
    }

    private static func secret(_ variable: String) throws -> SecretBytes {
        guard let text = Environment.value(of: variable), !text.isEmpty else {
            throw UsageError("the variable \(variable) is not set")
        }
        return SecretBytes(utf8: text)
    }

    private static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
