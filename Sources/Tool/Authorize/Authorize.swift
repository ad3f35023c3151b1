import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger authorize`
struct Authorize: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "authorize",
        abstract: "Get the tokens of a provider's API, which the batch processor then refreshes.",
        discussion: """
            The command prints the provider's page. Open it in any browser, allow the app, and paste the address to which \
            the browser is sent back; that page itself need not exist. With --listen the command takes the redirect itself \
            on a port of 127.0.0.1, for a browser on this host (tiktok-developers only: the other providers take only an \
            address in their portals).

            The app's secrets come from app: of the source. Tokens are stored encrypted with the key keys.tokens \
            (hookledger keys create). Nothing secret is an argument. An authorization takes the place of an earlier one of \
            the same account, and jobs that were held for a token are released.

            Exit codes: 0 done, 69 no answer, 70 refused, 78 a part of the configuration or the key is missing.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(
        help: ArgumentHelp("The provider.", valueName: TokenKind.allCases.map(\.word).joined(separator: "|")),
        transform: { word in
            guard let kind = TokenKind(word: word) else {
                throw ValidationError(
                    "the providers are \(TokenKind.allCases.map(\.word).joined(separator: ", ")), not \"\(word)\"")
            }
            return kind
        })
    var provider: TokenKind

    @Argument(help: "The source.")
    var source: String

    @Option(help: "shopify: the shop, such as example.myshopify.com.")
    var shop: String?

    @Flag(help: "No person: the app's own secret is enough (shopify for own shops, tiktok-developers).")
    var clientCredentials = false

    @Option(help: "Take the redirect on this port of 127.0.0.1, for five minutes.")
    var listen: Int?

    @Flag(help: "One JSON object for each shop.")
    var json = false

    func validate() throws {
        if provider == .shopify {
            guard let shop, Redirect.isShopify(shop) else {
                throw ValidationError("shopify needs --shop, such as example.myshopify.com")
            }
        } else if shop != nil {
            throw ValidationError("--shop is only for the provider shopify")
        }
        if let listen, !(1...65_535).contains(listen) { throw ValidationError("--listen takes a port") }
        if clientCredentials, listen != nil {
            throw ValidationError("--client-credentials cannot be combined with --listen")
        }
    }

    var cellScope: CellScope { .source(source) }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let issuer = try issuer(try database.source(source))
            let vault: TokenVault
            do throws(KeyFileProblem) { vault = try TokenVault(of: settings.keys) } catch {
                StandardError.write("Error: \(error)")
                throw ExitCode(.configuration)
            }
            // A ledger that cannot be reached must not use up the code.
            let connection = try database.connect(settings)
            let exchange = try TokenExchange(issuer, shop: shop, settings: settings)
            let grant: TokenGrant
            if clientCredentials {
                guard issuer.hasClientCredentials else {
                    throw UsageError("\(provider.word) has no client credentials: a person must allow the app")
                }
                grant = try exchange.byClientCredentials()
            } else {
                grant = try exchange.byCode(listen: listen)
            }
            let shops = try exchange.shops(of: grant)
            let account = try exchange.account(of: grant, isOwn: clientCredentials)
            try connection.transaction { () throws(PostgresError) in
                try TokenStore.store(
                    grant, shops: shops, source: source, account: account, kind: provider,
                    obtainedBy: clientCredentials ? "client_credentials" : "code", vault: vault,
                    now: SystemClock.now, on: connection)
                try OperatorLog.write(
                    actor: Actor.name, action: "credential.authorize",
                    subject: vault.subject(source: source, account: account, kind: provider), reason: nil,
                    details: ["shops": .array(shops.map { .string($0.shop) })], on: connection)
            }
            try CredentialRows.show(source: source, account: account, asJSON: json, on: connection)
        }
    }

    private func issuer(_ source: SourceSettings) throws -> TokenIssuer {
        guard TokenKind(of: source) == provider else {
            throw UsageError("the source \(source.name) has no provider of \(provider.word)")
        }
        guard let app = source.app else {
            StandardError.write("Error: the source \(source.name) has no app: in the configuration")
            throw ExitCode(.configuration)
        }
        guard let issuer = TokenIssuer(provider, app: app) else {
            for one in app.missing { StandardError.write("Error: \(one)") }
            throw ExitCode(.configuration)
        }
        return issuer
    }
}
