import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger token`
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create, list or revoke tokens of the REST API.",
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}

/// `hookledger token create`
struct TokenCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a token; it is printed once and not stored.",
        discussion: """
            read may see everything; replay may also replay events and dead letters; admin may do everything. Only the \
            token is written to standard output, for use in scripts.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The token's name, such as inspector.")
    var name: String

    @Option(help: "The scope: read, replay or admin.", transform: TokenCreate.readScope)
    var scope = APITokens.Scope.read

    @Option(
        name: .customLong("source"), parsing: .singleValue,
        help: "Limit the token to this source; may be repeated. It cannot see other sources' data.")
    var sources: [String] = []

    @Option(help: "How many days it is valid.")
    var days = 90

    @Flag(help: "Valid until it is revoked.")
    var forever = false

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        guard (1...100).contains(name.unicodeScalars.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw ValidationError("the name must have 1 to 100 characters")
        }
        guard (1...3650).contains(days) else { throw ValidationError("--days must be from 1 to 3650") }
    }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            for source in sources where settings.source(named: source) == nil {
                let known = settings.sources.map(\.name).joined(separator: ", ")
                throw ValidationError("the configuration has no source \(source); the sources are \(known)")
            }
            let connection = try database.connect(settings)
            let now = SystemClock.now
            let expires = forever ? nil : now.advanced(bySeconds: Int64(days) * 86_400)
            let token = try make(until: expires, on: connection)
            guard json else {
                StandardError.write(
                    "Token \(name), scope \(scope.rawValue)\(limits), \(until(expires)). It will not be shown again.")
                return Console.say(token)
            }
            let shown: JSONValue = [
                "name": .string(name), "token": .string(token), "scope": .string(scope.rawValue),
                "sources": sources.isEmpty ? .null : .array(sources.map { .string($0) }),
                "expires_at": expires.map { .string($0.rfc3339) } ?? .null,
            ]
            Console.say(shown.text)
        }
    }

    private func make(until expires: Timestamp?, on connection: Connection) throws -> String {
        do {
            return try connection.transaction { () throws(PostgresError) in
                try OperatorLog.write(
                    actor: Actor.name, action: "token.create", subject: "token:\(name)", reason: nil,
                    details: [
                        "scope": .string(scope.rawValue),
                        "sources": sources.isEmpty ? .null : .array(sources.map { .string($0) }),
                    ], on: connection)
                return try APITokens.create(
                    name, scopes: [scope], sources: sources.isEmpty ? nil : sources, expires: expires, by: Actor.name,
                    on: connection)
            }
        } catch {
            guard error.state == .uniqueViolation else { throw error }
            throw ValidationError("a valid token \(name) exists: revoke it or choose another name")
        }
    }

    private var limits: String { sources.isEmpty ? "" : ", limited to \(sources.joined(separator: ", "))" }

    private static func readScope(_ text: String) throws -> APITokens.Scope {
        guard let scope = APITokens.Scope(rawValue: text) else {
            throw ValidationError("the scope must be read, replay or admin, not \(text)")
        }
        return scope
    }

    private func until(_ expires: Timestamp?) -> String {
        expires.map { "until \(times.shape.text($0))" } ?? "until it is revoked"
    }
}

/// `hookledger token list`
struct TokenList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List tokens, newest first.")

    @OptionGroup var database: OperatorArguments
    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("name"), .init("scopes"), .init("sources"), .init("state"), .init("created_at", "made"),
        .init("created_by", "by"),
        .init("expires_at", "expires"), .init("last_used_at", "last used"),
    ])

    func run() throws {
        try reportingErrors {
            Console.show(
                try APITokens.list(on: database.connect()), Self.table, layout.shape, asJSON: json,
                whenEmpty: "No tokens.")
        }
    }
}

/// `hookledger token revoke`
struct TokenRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Revoke a token at once.")

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The token's name.")
    var name: String

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            let isRevoked = try connection.transaction { () throws(PostgresError) in
                let isRevoked = try APITokens.revoke(name, on: connection)
                if isRevoked {
                    try OperatorLog.write(
                        actor: Actor.name, action: "token.revoke", subject: "token:\(name)", reason: reason,
                        on: connection)
                }
                return isRevoked
            }
            guard isRevoked else { throw NotFound("there is no valid token \(name)") }
            let shown: JSONValue = ["name": .string(name), "state": "revoked"]
            Console.say(json ? shown.text : "Token \(name) is revoked.")
        }
    }
}
