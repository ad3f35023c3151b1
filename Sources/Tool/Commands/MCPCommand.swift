import ArgumentParser
import Crypto
import Platform

/// `hookledger mcp`
struct MCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Serve the REST API to an assistant: Model Context Protocol on stdin and stdout.",
        discussion: """
            The tools list and explain events, refusals, orders and dead letters, and show what a replay would do. \
            With --allow-replay and a token of the scope replay there is a tool that replays one event; it must name a \
            dry run of this session. What senders wrote is quoted data of at most 64 KiB; names, addresses and everything \
            else that is not known to be non-personal are masked unless --personal. docs/mcp.md has an example.

              hookledger mcp --server https://hooks.example.com \\
                --token-file ~/.hookledger-token

            Exit codes: 0 the input ended; 64 wrong usage; 70 failed.
            """)

    @Option(help: "The server, such as https://hooks.example.com.")
    var server: String

    @Option(help: ArgumentHelp("The file with the API token; only its owner may read it.", valueName: "path"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("The variable with the API token.", valueName: "name"))
    var tokenEnv: String?

    @Flag(help: "Offer the tool that replays an event.")
    var allowReplay = false

    @Flag(help: "Show personal data.")
    var personal = false

    @Option(help: "The CA certificate of the server, a PEM file (default: $HOOKLEDGER_CA).")
    var ca: String?

    func validate() throws {
        guard (tokenFile == nil) != (tokenEnv == nil) else {
            throw ValidationError("give one: --token-file PATH or --token-env NAME")
        }
        guard SecretURL.keepsSecrets(server) else {
            throw ValidationError(
                "--server must be https, or http on this host: otherwise the token could be read in transit")
        }
    }

    func run() throws {
        try reportingErrors {
            var base = server
            while base.hasSuffix("/") { base.removeLast() }
            let requests = MCPRequests(server: base, token: try token(), caFile: ca)
            var server = MCPServer(
                MCPCalls(requests, answers: MCPAnswer(showsPersonal: personal), allowsReplay: allowReplay))
            while let line = readLine() {
                if line.allSatisfy(\.isWhitespace) { continue }
                if let answer = server.answer(line) { Console.write(Array((answer + "\n").utf8)) }
            }
        }
    }

    private func token() throws -> SecretBytes {
        var text: String
        if let tokenFile {
            if let mode = try Files.status(tokenFile)?.mode, mode & 0o077 != 0 {
                throw ValidationError("\(tokenFile) can be read by others: chmod 600 \(tokenFile)")
            }
            text = try Files.readText(tokenFile, limit: 4096)
        } else {
            text = tokenEnv.flatMap { Environment.value(of: $0) } ?? ""
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { throw ValidationError("there is no token in \(tokenFile ?? tokenEnv ?? "")") }
        return SecretBytes(utf8: text)
    }
}
