import ArgumentParser
import JSON
import Platform
import Settings

/// `hookledger webhooks`
struct WebhooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Register, list, delete and compare webhooks at a provider.",
        discussion: """
            Credentials come from the environment, or from hookledger.env or .env beside the configuration:

              tiktok_shop      TIKTOK_APP_KEY, TIKTOK_APP_SECRET,
                               TIKTOK_ACCESS_TOKEN, TIKTOK_SHOP_CIPHER (if needed)
              tiktok_business  TIKTOK_BUSINESS_APP_ID, TIKTOK_BUSINESS_SECRET
              shopify          SHOPIFY_URL, SHOPIFY_ACCESS_TOKEN
              woocommerce      WOOCOMMERCE_URL, WOOCOMMERCE_CONSUMER_KEY,
                               WOOCOMMERCE_CONSUMER_SECRET,
                               WOOCOMMERCE_WEBHOOK_SECRET
              guide            TIKTOK_ACCESS_TOKEN, WEBHOOK_SECRET

            guide is the API of the comment moderation guide. \
            TikTok for Developers has no such API; set the URL in its portal.

            If there is a configuration, the registered webhooks are also stored for the inspector page, and \
            each change is written to operator_log.

            A failure for one event or id does not affect the others, and each command may be repeated.

            Exit codes: 0 done, 64 wrong usage, 69 no answer, 70 refused, 78 a credential is missing.
            """,
        subcommands: [WebhooksRegister.self, WebhooksList.self, WebhooksDelete.self, WebhooksDiff.self])
}

/// `hookledger webhooks register`
struct WebhooksRegister: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register a webhook at a provider.")

    @OptionGroup var arguments: WebhookArguments

    @Option(help: "The URL to send the events to, such as https://shop.example/webhook/tiktok.")
    var url: String

    @Option(
        name: .customLong("event"),
        help: "An event in the provider's words; may be repeated (default: those about orders, or comments).")
    var events: [String] = []

    func validate() throws {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains(where: \.isWhitespace) else {
            throw ValidationError("--url takes a full URL, such as https://shop.example/webhook/tiktok")
        }
    }

    func run() throws {
        try arguments.run(deed: "webhook.register") { api in
            try api.register(events.isEmpty ? api.standardEvents : events, at: url)
        }
    }
}

/// `hookledger webhooks list`
struct WebhooksList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List registered webhooks.")

    @OptionGroup var arguments: WebhookArguments

    @Option(name: .customLong("event"), help: "Only webhooks for this event; may be repeated.")
    var events: [String] = []

    func run() throws { try arguments.run(listsAll: events.isEmpty) { WebhookResults(try $0.list(events)) } }
}

/// `hookledger webhooks delete`
struct WebhooksDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete webhooks: by event for TikTok Shop and API for Business, else by id.")

    @OptionGroup var arguments: WebhookArguments

    @Option(name: .customLong("id"), help: "The webhook's id, as list shows it; may be repeated.")
    var ids: [String] = []

    @Option(name: .customLong("event"), help: "The webhook's event; may be repeated.")
    var events: [String] = []

    func run() throws {
        try arguments.run(deed: "webhook.delete") { api in
            let names = api.deletesByEvent ? events : ids
            guard !names.isEmpty, (api.deletesByEvent ? ids : events).isEmpty else {
                throw ValidationError(
                    "\(arguments.provider.rawValue) deletes by \(api.deletesByEvent ? "--event" : "--id")")
            }
            return try api.delete(names)
        }
    }
}

/// The provider, and its address.
struct WebhookArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The provider.", valueName: WebhookProvider.allCases.map(\.rawValue).joined(separator: "|")))
    var provider: WebhookProvider

    @Option(help: "The base URL of its API (default: the provider's own, or the shop's address).")
    var baseURL: String?

    @Option(help: "Shopify: the API's version (default: \(ShopifyWebhooks.defaultVersion)).")
    var apiVersion: String?

    @Option(help: "The configuration file; its env files are read, too.")
    var config: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([.init("id"), .init("events"), .init("url"), .init("status")])

    /// Calls the API, shows the results, even partial ones, and stores the current registrations.
    func run(
        deed: String? = nil, listsAll: Bool = false, _ body: (any WebhookAPI) throws -> WebhookResults
    ) throws {
        do {
            let variables = try NamedVariables(path: config, from: .system)
            let apis = WebhookAPIs(variables: variables, baseURL: baseURL, apiVersion: apiVersion)
            let api = try apis.api(provider)
            let results = try body(api)
            if results.failures.isEmpty || !results.entries.isEmpty {
                let rows = results.entries.map(\.object)
                Console.show(
                    json ? rows : rows.map(Self.plain), Self.table, asJSON: json,
                    whenEmpty: "No webhooks are registered.")
            }
            for (name, failure) in results.failures {
                StandardError.write("Error: \(provider.rawValue): \(name): \(failure)")
            }
            WebhookKeeping(provider: provider, config: config).keep(
                of: api, listed: listsAll ? results.entries : nil, after: deed.map { ($0, results) })
            guard results.failures.isEmpty else {
                throw results.failures.contains { $0.failure.isUnreachable }
                    ? ExitCode(.unavailable) : ExitCode(.failed)
            }
        } catch let failure as WebhookAPIFailure {
            StandardError.write("Error: \(provider.rawValue): \(failure)")
            throw failure.isUnreachable ? ExitCode(.unavailable) : ExitCode(.failed)
        } catch let missing as MissingVariables {
            StandardError.write("Error: \(missing)")
            throw ExitCode(.configuration)
        } catch let errors as SettingsErrors {
            StandardError.write(errors.description)
            throw ExitCode(.configuration)
        } catch let usage as UsageError {
            throw ValidationError(usage.description)
        }
    }

    /// For people: events separated by commas, and no empty columns.
    private static func plain(_ row: JSONObject) -> JSONObject {
        var row = row
        row["events"] = .string((row["events"]?.array ?? []).compactMap(\.string).joined(separator: ", "))
        return row
    }
}
