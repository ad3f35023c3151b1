import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings

/// `hookledger credentials`
struct Credentials: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials", abstract: "Store, list, re-encrypt and remove the tokens of providers' APIs.",
        subcommands: [CredentialsList.self, CredentialsStore.self, CredentialsRekey.self, CredentialsRemove.self],
        defaultSubcommand: CredentialsList.self)
}

/// `hookledger credentials list`
struct CredentialsList: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the authorizations and their shops. Tokens are never shown.",
        discussion: "Exit codes: 0 every one is valid, 1 one is not.")

    @OptionGroup var database: OperatorArguments
    @Argument(help: "Only of this source.")
    var source: String?
    @OptionGroup var layout: TableArguments
    @Flag(help: "One JSON object a line.")
    var json = false

    var cellScope: CellScope { .sourceOrEach(source) }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let connection = try database.connect(settings)
            let expected = try CredentialRows.unnoted(settings, source: source, on: connection)
            let isWell = try CredentialRows.show(
                source: source, unnoted: expected, layout.shape, asJSON: json, on: connection)
            try database.tellUnknown(.source(source))
            if !isWell { throw ExitCode.failure }
        }
    }
}

/// The rows of the view `credential_status`.
enum CredentialRows {
    private static let table = TextTable([
        .init("source"), .init("kind"), .init("account"), .init("shop"), .init("name"), .init("currency"),
        .init("state"),
        .init("expires_at", "expires"),
        .init("refresh_expires_at", "ends"), .init("held_jobs", "held"), .init("reason"),
    ])

    /// The tokens that the configuration expects, and of which the database says nothing until a batch processor runs.
    static func unnoted(
        _ settings: Settings, source: String?, on connection: Connection
    ) throws(PostgresError) -> [JSONObject] {
        let expected = TokenUse.expected(settings).filter { source == nil || $0.source == source }
        return try TokenStore.unnoted(expected, on: connection).map { token in
            let row: JSONValue = [
                "source": .string(token.source), "kind": .string(token.kind), "account": .string(token.action ?? ""),
                "shop": .null, "name": .null, "region": .null, "currency": .null, "state": "missing", "reason": .null,
                "state_since": .null, "authorized_at": .null, "refreshed_at": .null, "expires_at": .null,
                "refresh_due_at": .null, "refresh_expires_at": .null, "key_id": .null, "held_jobs": 0,
                "obtained_by": token.action == nil ? "code" : "stored",
            ]
            return row.object ?? JSONObject()
        }
    }

    /// - Parameter unnoted: rows beside those of the database.
    /// - Returns: whether all are valid.
    @discardableResult static func show(
        source: String?, account: String? = nil, unnoted: [JSONObject] = [], _ shape: TableShape = TableShape(),
        asJSON: Bool, on connection: Connection
    ) throws(PostgresError) -> Bool {
        let rows = try connection.jsonObjects(CommandsSQL.credentials, [.text(source), .text(account)]) + unnoted
        Console.show(rows, table, shape, asJSON: asJSON, whenEmpty: "No token is stored or expected.")
        return rows.allSatisfy { $0["state"]?.string == "valid" }
    }
}

/// `hookledger credentials rekey`
struct CredentialsRekey: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey", abstract: "Encrypt stored tokens with the key of now instead of an earlier one.",
        discussion: """
            Move the key file aside, create a new one with `hookledger keys create tokens`, copy it to every host, and run \
            this with the earlier file. Until then jobs that need a token are held; they are released by themselves. \
            Each authorization is changed in a transaction of its own, so an interrupted run is simply run again.

            Exit codes: 0 all have the new key, 1 one has not, 78 a key cannot be read.
            """)

    @OptionGroup var database: OperatorArguments
    @Option(help: "The file with the earlier key.")
    var from: String
    @Flag(help: "Only count; change nothing.")
    var dryRun = false
    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let vaults: (old: TokenVault, new: TokenVault)
            do throws(KeyFileProblem) {
                vaults = (TokenVault(try KeyFile.load(from)), try TokenVault(of: settings.keys))
            } catch {
                StandardError.write("Error: \(error)")
                throw ExitCode(.configuration)
            }
            let connection = try database.connect(settings)
            let report = try TokenRekey.run(from: vaults.old, to: vaults.new, isDryRun: dryRun, on: connection)
            if !dryRun, report.changed > 0 {
                try OperatorLog.write(
                    actor: Actor.name, action: "credential.rekey", subject: "credentials", reason: nil,
                    details: [
                        "from": .string(vaults.old.keyID), "to": .string(vaults.new.keyID),
                        "changed": .number(JSONNumber(Int64(report.changed))),
                    ], on: connection)
            }
            say(report, vaults)
            if !report.unreadable.isEmpty || !report.busy.isEmpty { throw ExitCode.failure }
        }
    }

    private func say(_ report: TokenRekey.Report, _ vaults: (old: TokenVault, new: TokenVault)) {
        if json {
            let shown: JSONValue = [
                "from": .string(vaults.old.keyID), "to": .string(vaults.new.keyID), "dry_run": .bool(dryRun),
                "changed": .number(JSONNumber(Int64(report.changed))),
                "current": .number(JSONNumber(Int64(report.current))),
                "unreadable": .array(report.unreadable.map(JSONValue.string)),
                "busy": .array(report.busy.map(JSONValue.string)),
            ]
            return Console.say(shown.text)
        }
        Console.say(
            "\(Plural.text(report.changed, "authorization")) \(dryRun ? "would be" : "were") encrypted with key "
                + "\(vaults.new.keyID); \(report.current) had it already.")
        for one in report.unreadable {
            StandardError.write(
                "Error: \(one) cannot be opened with key \(vaults.old.keyID): hookledger authorize, or credentials store"
            )
        }
        for one in report.busy {
            StandardError.write("Error: \(one) is being refreshed: run this again in two minutes")
        }
    }
}

/// `hookledger credentials remove`
struct CredentialsRemove: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget an authorization. The provider is not told: withdraw it there, too.",
        discussion: "Exit codes: 0 done, 1 there is none.")

    @OptionGroup var database: OperatorArguments
    @Argument(help: "The source.")
    var source: String
    @Option(help: "Only of this account, as list --json shows it (default: all of the source).")
    var account: String?
    @Option(help: "Why, for the operator log.")
    var reason: String?
    @Flag(help: "One JSON object.")
    var json = false

    var cellScope: CellScope { .source(source) }

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            let count = try connection.transaction { () throws(PostgresError) -> Int in
                let count = try TokenStore.remove(source: source, account: account, on: connection)
                if count > 0 {
                    try OperatorLog.write(
                        actor: Actor.name, action: "credential.remove",
                        subject: "credential:\(source)" + (account.map { "/\($0)" } ?? ""), reason: reason,
                        on: connection)
                }
                return count
            }
            guard count > 0 else { throw NotFound("\(source) has no such authorization") }
            let shown: JSONValue = ["source": .string(source), "removed": .number(JSONNumber(Int64(count)))]
            Console.say(json ? shown.text : "\(Plural.text(count, "authorization")) of \(source) removed.")
        }
    }
}
