import Verification

/// The keys of a source: those that each of its providers may have too, and its own.
enum SourceKeys {
    static let verification = Key.choice(
        "verification", standard: VerificationPolicy.required,
        "`required`: a valid signature. `optional`: an unsigned delivery is accepted and marked unverified, a wrongly "
            + "signed one is refused. `none`: everything is accepted and marked unverified.")
    static let tolerance = Key.duration(
        "tolerance", .seconds(1) ... .days(1), absent: "the scheme's tolerance",
        "How far the time of signing may differ from the present.")
    static let onStoreFailure = Key.choice(
        "on_store_failure", SourceSettings.StoreFailurePolicy.self,
        absent: "retry; spool for a provider that does not retry, if there is a spool",
        "While Postgres is away: `retry` answers 503, `spool` keeps the delivery on disk and answers 2xx.")
    static let bodyLimit = Key.integer(
        "body_limit", 1...(64 << 20), standard: 1 << 20, "The largest body, in bytes.")
    static let dedupeWindow = Key.duration(
        "dedupe_window", .seconds(1) ... .days(30), standard: .seconds(600),
        "For senders with neither id nor time: how long an equal body is the same event.")
    static let repeatsPerDay = Key.integer(
        "repeats_per_day", 1...100_000, standard: 20,
        "For senders with neither id nor time: how many events one body may make within 24 hours.")
    static let compliance = Key.boolean(
        "compliance", standard: true,
        "Whether requests to redact or copy a person's data are carried out without a rule for them.")

    static let every = Key.duration(
        "every", .seconds(10) ... .days(1), standard: .seconds(600), "The time between two runs.")
    static let overlap = Key.duration(
        "overlap", .zero ... .days(7), standard: .seconds(900),
        "How far before the end of the last run a run begins, for clocks that differ and changes that show late.")
    static let settle = Key.duration(
        "settle", .zero ... .seconds(3600), standard: .seconds(120),
        "Changes younger than this are left to the next run, because their webhooks may be on the way.")
    static let maxAge = Key.duration(
        "max_age", .seconds(60) ... .days(365), standard: .days(1),
        "Orders that changed longer ago make no jobs, and older deliveries are not asked for again.")
    static let missingAlarm = Key.integer(
        "alarm", 0...1_000_000, standard: 10,
        "The missing orders found within an hour from which on an alert is raised; 0 for none.")
    static let reconcile = ConfigurationSection(
        "sources.NAME.reconcile",
        [
            ConfigurationKey(
                "through", "an action of kind fetch_order or listing, or a list of them",
                "The API that is asked, with its token; one for each shop. Required.")
        ] + [every.key, overlap.key, settle.key, maxAge.key, missingAlarm.key])

    static let watchEvery = Key.duration(
        "every", .seconds(60) ... .days(1), standard: .seconds(600), "The time between two looks.")
    static let repairs = Key.boolean(
        "repair", standard: true,
        "Whether a missing webhook is registered, and one that the provider disabled is enabled, at most twice in 24 hours."
    )
    static let webhooks = ConfigurationSection(
        "sources.NAME.webhooks",
        [
            ConfigurationKey(
                "expect", "a list of topics in the provider's words",
                "The topics that must be registered, such as `orders/create`. Required."),
            ConfigurationKey(
                "address", "an https URL with a path of the source",
                "The source's own public address, to which the webhooks lead. No other is ever registered. Required."),
            ConfigurationKey(
                "through", "an action of kind fetch_order or listing, or a list of them", standard: "reconcile.through",
                "The API that is asked, with its token; one for each shop."),
            ConfigurationKey(
                "paused", "a list of topics of expect",
                "Topics that a person has switched off: they stay as they are, and nobody is alerted."),
            repairs.key, watchEvery.key,
            ConfigurationKey(
                "api_version", "text", standard: "any", "The API version of the deliveries (shopify, square)."),
        ])

    private static let terms = [
        ConfigurationKey(
            "secrets", "\(FormText.secret), or a list of them",
            "The signing secrets; several may be valid at a time. See `sources.NAME.secrets`."),
        ConfigurationKey(
            "credentials", "names, each with \(FormText.secret)",
            "Further values that the scheme needs, such as `app_key` of tiktok_shop."),
        verification.key, tolerance.key, onStoreFailure.key,
        ConfigurationKey(
            "url", "an http or https URL",
            "The URL that the provider knows, for schemes that sign it (square, twilio) behind a proxy that rewrites it."
        ),
        ConfigurationKey(
            "scheme", "a section",
            "The signature scheme of the provider `custom`; packaging/hookledger.yaml shows all of its keys."),
    ]

    static let source = ConfigurationSection(
        "sources.NAME",
        [
            ConfigurationKey(
                "providers", "a list of providers, or a section with the settings of each",
                "The contracts of its deliveries, recognized by their headers. Required."),
            ConfigurationKey(
                "paths", "a list of paths", standard: "the path of the provider's guide, else /webhook/PROVIDER",
                "The paths of its deliveries, matched exactly."),
        ] + terms + [
            bodyLimit.key, dedupeWindow.key, repeatsPerDay.key,
            ConfigurationKey(
                "unsigned", "a section", "Limits for unsigned deliveries. See `sources.NAME.unsigned`."),
            ConfigurationKey(
                "shops", "one, any, a list of shops, or a section",
                standard: "one for woocommerce, else any",
                "If ids are unique per shop only: the shops whose jobs run. See `sources.NAME.shops`."),
            ConfigurationKey(
                "country", "two letters (ISO 3166)", standard: "the order's country",
                "The country of telephone numbers without one."),
            compliance.key,
            ConfigurationKey(
                "reconcile", "a section",
                "Asks the provider's API for orders that no webhook has brought. See `sources.NAME.reconcile`."),
            ConfigurationKey(
                "webhooks", "a section",
                "Watches the webhooks that are registered at the provider. See `sources.NAME.webhooks`."),
            ConfigurationKey(
                "app", "a section",
                "The provider's app, for which `hookledger authorize` gets tokens that the batch processor refreshes. See "
                    + "`sources.NAME.app`."),
        ])

    static let app = ConfigurationSection(
        "sources.NAME.app",
        [
            ConfigurationKey(
                "client_id", FormText.secret, "The app key, client key or client id. Required."),
            ConfigurationKey("client_secret", FormText.secret, "The app's secret. Required."),
            ConfigurationKey(
                "service_id", "text",
                "The id in the authorization link of TikTok Shop's Partner Center, for tiktok_shop."),
            ConfigurationKey(
                "redirect_uri", "a URL",
                standard: "a port of 127.0.0.1 with --listen",
                "The redirect address that is registered for the app, for all but tiktok_shop."),
            ConfigurationKey("scopes", "a list of scopes", "What the app asks for, for all but tiktok_shop."),
            ConfigurationKey(
                "authorize_url", "a URL", standard: "that of the provider",
                "The page where a person allows the app, such as https://services.us.tiktokshop.com/open/authorize for shops "
                    + "in the USA."),
            ConfigurationKey(
                "token_url", "a URL", standard: "that of the provider",
                "Where tokens are given, without its last parts."),
            ConfigurationKey(
                "api_url", "a URL", standard: "that of the provider",
                "The API that lists the shops, for tiktok_shop and shopify."),
        ])

    static let contract = ConfigurationSection(
        "sources.NAME.providers.PROVIDER",
        terms + [
            ConfigurationKey(
                "kept_as", "the name of a source",
                "The source that owns its deliveries, if that one has the same secrets: a delivery to the paths of both "
                    + "is stored once.")
        ])

    /// Beside the reference itself.
    static let secretTerms = [
        ConfigurationKey(
            "id", "a name", standard: "the variable's, file's or credential's name",
            "The name of the secret in events and logs."),
        ConfigurationKey("valid_from", "a date, or a time (RFC 3339)", "Not valid for deliveries before."),
        ConfigurationKey("valid_until", "a date, or a time (RFC 3339)", "Not valid for deliveries from then on."),
    ]
    static let secrets = ConfigurationSection("sources.NAME.secrets", SecretReference.described + secretTerms)

    static let unsignedBodyLimit = Key.integer(
        "body_limit", 0...(64 << 20),
        absent: "\(UnsignedLimits.standardBodyLimit) with verification: optional, else 0",
        "The largest unsigned body, in bytes; 0 is no limit of its own. Beyond it: 413.")
    static let unsignedPerMinute = Key.integer(
        "per_minute", 0...1_000_000, absent: "\(UnsignedLimits.standardPerMinute) with verification: optional, else 0",
        "Unsigned deliveries from one peer in a minute; 0 is no limit. Beyond it: 429.")
    static let unsigned = ConfigurationSection("sources.NAME.unsigned", [unsignedBodyLimit.key, unsignedPerMinute.key])

    static let shops = ConfigurationSection(
        "sources.NAME.shops",
        [
            ConfigurationKey("allow", "one, any, or a list of shops", standard: "any", "The shops whose jobs run."),
            ConfigurationKey(
                "aliases", "names of shops, each with another one", "The current name for each former name of a shop."),
        ])
}
