import Actions
import ArgumentParser
import Crypto
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Transport
import Webhooks

/// `hookledger credentials store`
struct CredentialsStore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Store the token, key or password with which an action asks its provider's API.",
        discussion: """
            For tokens that a person has and nothing refreshes: GitHub, Stripe, Square, BigCommerce, Etsy, WooCommerce \
            (CONSUMER_KEY:CONSUMER_SECRET) and EverShop (the password). The action names none itself. The token is one line \
            of standard input, or of a file; a terminal does not show it. It is stored encrypted with the key keys.tokens \
            (hookledger keys create), for this source and action only, in place of an earlier one, and jobs that were held \
            for it are released.

            The provider is asked once whether it takes the token. If it refuses or does not say, nothing is stored; \
            --unchecked asks nothing.

            Exit codes: 0 done, 64 wrong usage, 69 the provider does not say, 70 refused, 78 a part of the configuration or \
            the key is missing.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source.")
    var source: String

    @Argument(help: "The action of kind fetch_order, fulfill_order or listing.")
    var action: String

    @Option(help: "Read the token from this file instead of standard input.")
    var file: String?

    @Flag(help: "Do not ask the provider whether it takes the token.")
    var unchecked = false

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let wanted = try wanted(settings)
            let vault: TokenVault
            do throws(KeyFileProblem) { vault = try TokenVault(of: settings.keys) } catch {
                StandardError.write("Error: \(error)")
                throw ExitCode(.configuration)
            }
            let connection = try database.connect(settings)
            let keys = TokenUse.keys(of: wanted) ?? []
            let token = try token(keys)
            guard let filled = TokenUse.filled(wanted, with: token) else {
                throw UsageError(
                    "the token must be \(keys.joined(separator: ":").uppercased()), with a colon between its parts")
            }
            let end = unchecked ? nil : try check(filled, token, settings)
            try connection.transaction { () throws(PostgresError) in
                try TokenStore.store(
                    token, source: source, action: action, provider: wanted.text("provider") ?? "", expiresAt: end,
                    vault: vault, on: connection)
                try OperatorLog.write(
                    actor: Actor.name, action: "credential.store", subject: "credential:\(source)/\(action)",
                    reason: nil, details: ["checked": .bool(!unchecked)], on: connection)
            }
            try CredentialRows.show(source: source, account: action, asJSON: json, on: connection)
        }
    }

    /// The action, which names no secret itself.
    private func wanted(_ settings: Settings) throws -> ActionSettings {
        let source = try database.source(source)
        guard let found = settings.action(named: action) else {
            let names = settings.actions.map(\.name).joined(separator: ", ")
            throw UsageError("there is no action \(action); the actions are \(names)")
        }
        guard let keys = TokenUse.keys(of: found), let provider = found.text("provider") else {
            throw UsageError(
                "no token can be stored for the action \(action) (hookledger authorize gets those of TikTok and Shopify)"
            )
        }
        guard TokenUse(found) == .stored else {
            throw UsageError(
                "the action \(action) names \(keys.joined(separator: " and ")) itself: remove it there first")
        }
        guard source.providers.contains(where: { $0.hasPrefix(provider) }) else {
            throw UsageError("the action \(action) asks \(provider), which no provider of the source \(source.name) is")
        }
        return found
    }

    private func token(_ keys: [String]) throws -> SecretBytes {
        var line: [UInt8]?
        if let file {
            line = try Files.read(file, limit: HiddenLine.longest)
                .split(separator: UInt8(ascii: "\n")).first.map(Array.init)
            if line?.last == UInt8(ascii: "\r") { line?.removeLast() }
        } else {
            line = HiddenLine.read(
                "Type \(keys.joined(separator: ":")) of \(action), and press Enter; it is not shown:")
        }
        guard let line, !line.isEmpty, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw UsageError(
                "no token was given: it is one line of at most \(HiddenLine.longest) bytes without control characters")
        }
        return SecretBytes(line)
    }

    /// Asks the provider.
    /// - Returns: when the token ends; nil for never, or if the provider does not say.
    private func check(_ filled: ActionSettings, _ token: SecretBytes, _ settings: Settings) throws -> Timestamp? {
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
        let provider = filled.text("provider") ?? ""
        switch TokenCheck.ask(filled, token: token, send: client.reply(to:), now: { SystemClock.now }) {
        case .taken(let end): return end
        case .refused(let reason):
            StandardError.write("Error: \(provider) refuses the token: \(words(reason)). Nothing was stored.")
            throw ExitCode(.failed)
        case .unknown(let reason):
            StandardError.write(
                "Error: \(provider) does not say whether it takes the token: \(words(reason)). Nothing was stored; "
                    + "--unchecked stores without a check.")
            throw ExitCode(.unavailable)
        }
    }

    /// The provider's words, without a full stop.
    private func words(_ reason: String) -> String {
        let text = VisibleText.of(reason)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
