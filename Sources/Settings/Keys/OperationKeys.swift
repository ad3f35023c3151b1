/// The keys of `api:`.
enum APIKeys {
    static let anonymousRead = Key.choice(
        "anonymous_read", standard: APISettings.AnonymousRead.none,
        "Who may read without a token; `loopback` is for development.")
    static let rateLimit = Key.integer(
        "rate_limit", 1...1_000_000, standard: 100,
        "Requests that one address may make in a window. Without it: `RATE_LIMIT_MAX_REQUESTS`.")
    static let rateWindow = Key.duration(
        "rate_window", .seconds(1) ... .days(1), standard: .seconds(900),
        "The length of that window. Without it: `RATE_LIMIT_WINDOW_MS`.")
    static let section = ConfigurationSection(
        "api",
        [
            anonymousRead.key,
            ConfigurationKey(
                "allowed_origins", "a list of origins", standard: "[]",
                "Origins that browsers may call from, such as `https://shop.example.com`. Without it: `FRONTEND_URL`."),
            rateLimit.key, rateWindow.key,
        ])
}

/// The keys of `address_guard:`.
enum AddressGuardKeys {
    static let section = ConfigurationSection(
        "address_guard",
        [
            ConfigurationKey(
                "allow_private_hosts", "a list of hosts, each with or without a port", standard: "[]",
                "Private hosts that actions may reach, such as `127.0.0.1:8025`; all others are refused.")
        ])
}

/// The keys of `log:`.
enum LogKeys {
    static let level = Key.choice(
        "level", standard: LogSettings.Level.info, "The least severe level that is logged.")
    /// The place on a host that was installed.
    static let systemHooks = "/var/log/hookledger/hooks.log"
    static let hooks = Key.path(
        "hooks",
        absent:
            "`\(systemHooks)`; `log/hooks.log` beside this file if that is not in \(ConfigurationFile.systemDirectory)",
        "nginx's log of the hook paths, which `hookledger nginx` configures and `hookledger audit` reads.")
    static let section = ConfigurationSection("log", [level.key, hooks.key])
}

/// The keys of `retention:`.
enum RetentionKeys {
    static let range: ClosedRange<Duration> = .days(1) ... .days(3650)
    static let events = Key.duration("events", range, standard: .days(90), "How long raw events are kept.")
    static let receipts = Key.duration(
        "receipts", range, standard: .days(3650),
        "How long the rows that identify duplicates are kept; at least as long as events.")
    static let refusals = Key.duration(
        "refusals", range, standard: .days(30), "How long refused requests are kept.")
    static let jobs = Key.duration(
        "jobs", range, standard: .days(90), "How long finished jobs and their attempts are kept.")
    static let orders = Key.duration(
        "orders", range, absent: "never", "Orders that have not changed for this long are anonymized.")
    static let customers = Key.duration(
        "customers", range, absent: "never", "Customers that have not changed for this long are anonymized.")
    static let section = ConfigurationSection(
        "retention", [events.key, receipts.key, refusals.key, jobs.key, orders.key, customers.key])
}

/// The keys of `responder:`.
enum ResponderKeys {
    static let committers = Key.integer(
        "committers", 1...16, absent: "1 on up to two cores, else half of the cores, at most 4",
        "Threads that commit deliveries, each with its own session; a batch that waits in Postgres holds up no other.")
    static let section = ConfigurationSection("responder", [committers.key])
}

/// The keys of `batch:`.

enum BatchKeys {
    static let slots = Key.integer(
        "slots", 1...64, standard: BatchSettings.standardSlots, "Simultaneous runs on one database.")
    static let inFlight = Key.integer(
        "in_flight", 1...4096, standard: 1000, "Jobs that one run holds: bounds its requests and its memory.")
    static let perDestination = Key.integer(
        "per_destination", 1...1024, standard: 32, "Simultaneous requests of one run to one destination.")
    /// The place on a host that was installed.
    static let systemGenerationFile = "/var/lib/hookledger/batch/generation"
    static let generationFile = Key.path(
        "generation_file",
        absent:
            "`\(systemGenerationFile)`; `generation` beside this file if that is not in \(ConfigurationFile.systemDirectory)",
        "The file in which this host keeps the generation of the database. Without the file, the batch processor runs nothing."
    )
    static let section = ConfigurationSection(
        "batch",
        [
            slots.key, inFlight.key, perDestination.key,
            ConfigurationKey(
                "destinations", "hosts, with or without a port, each with a section", standard: "{}",
                "What single destinations take."),
            generationFile.key,
        ])

    static let rate = Setting<Int64?>(
        key: ConfigurationKey(
            "rate", RateText.form, standard: "no limit",
            "Requests in a time, evenly spread; the runs that are at work share them."),
        standard: nil,
        written: { section in
            guard let text = section.text("rate") else { return nil }
            if let interval = RateText.interval(text) { return interval }
            section.error("rate", "must be \(RateText.form), not \(section.quoted(text))")
            return nil
        })
    static let concurrency = Key.integer(
        "concurrency", 1...1024, absent: "`per_destination` for each run",
        "Simultaneous requests; the runs that are at work share them, but each has one at least.")
    static let destination = ConfigurationSection("batch.destinations.HOST", [rate.key, concurrency.key])
}

/// The keys of `alerts:`.
enum AlertKeys {
    static let period = Key.duration(
        "period", .seconds(600) ... .days(30), standard: .days(1), "How long the same alert is not repeated.")
    static let lowStock = Key.integer(
        "low_stock", 0...1_000_000, absent: "no such alert",
        "The stock of a product or variant at or below which it alerts.")
    static let priceChange = Key.integer(
        "price_change", 1...1000, absent: "no such alert",
        "The change of a price, in percent, from which on it alerts.")
    /// The allowed silence of a source.
    static let silence: ClosedRange<Duration> = .seconds(60) ... .days(90)
    static let section = ConfigurationSection(
        "alerts",
        [
            period.key, lowStock.key, priceChange.key,
            ConfigurationKey(
                "silent", "names of sources, each with \(FormText.duration(silence))", standard: "no such alert",
                "The longest expected silence of each source."),
            ConfigurationKey(
                "refusals", "a section", standard: "no such alert", "A jump in signature failures that alerts."),
        ])

    static let atLeast = Key.integer(
        "at_least", 1...1_000_000, standard: 20, "The least number of signature failures within 10 minutes.")
    static let factor = Key.integer(
        "factor", 1...1000, standard: 5, "The multiple of the rate of the day before.")
    static let refusals = ConfigurationSection("alerts.refusals", [atLeast.key, factor.key])
}

/// The keys of `keys:`.
enum KeyKeys {
    private static let form = "a path; relative ones start at this file's folder"
    static let credentials = Key.text(
        "credentials", form, standard: "keys/credentials.key",
        "Hashes the passwords and API keys of spooled deliveries, and authenticates the spool's files.")
    static let person = Key.text(
        "person", form, standard: "keys/person.key",
        "Hashes the personal identifiers of the index that finds a person's data.")
    static let tokens = Key.text(
        "tokens", form, standard: "keys/tokens.key",
        "Encrypts the tokens that `hookledger authorize` gets and `hookledger credentials store` keeps. If the file is "
            + "absent, the systemd credential `tokens.key` is used.")
    static let audit = Key.text(
        "audit", form, standard: "keys/audit.key",
        "Chains the operator log and the audits, so that a changed or missing row is found.")
    static let section = ConfigurationSection("keys", [credentials.key, person.key, tokens.key, audit.key])
}

/// The keys of `quarantine:`.
enum QuarantineKeys {
    static let keep = Key.duration(
        "keep", .zero ... .days(30), standard: .days(3),
        "How long refused deliveries that look like the source's own are kept whole, to be released once the secret is corrected; 0 for none are."
    )
    static let section = ConfigurationSection("quarantine", [keep.key])
}

/// The keys of `holds:`.
enum HoldKeys {
    static let alarm = Key.duration(
        "alarm", .seconds(60) ... .days(90), standard: .days(1), "An older hold raises an alert.")
    static let section = ConfigurationSection("holds", [alarm.key])
}

/// The keys of `drift:`.
enum DriftKeys {
    static let alarm = Key.boolean(
        "alarm", standard: false,
        "Whether a change in the shape of a source's bodies raises an alert. It is listed in `schema_changes` anyway.")
    static let section = ConfigurationSection("drift", [alarm.key])
}

/// The keys of `telemetry:`.
enum TelemetryKeys {
    static let otlp = ActionKind.Key(
        "otlp", .url, required: true,
        "The collector, such as `http://localhost:4318`; `/v1/traces` is added unless it ends with that. Its host may be "
            + "private: `address_guard` is for actions.")
    static let headers = ActionKind.Key("headers", .headers, "Further header fields, such as `Authorization`.")
    static let service = Key.text("service", "text", standard: "hookledger", "`service.name` of the spans.")
    static let sampler = Key.choice(
        "sampler", standard: TelemetrySettings.Sampler.followParent,
        "Which traces are sent: all but those that the sender's own tracing left out, or all.")
    static let maxAge = Key.duration(
        "max_age", .seconds(60) ... .days(7), standard: .days(1),
        "Spans that the collector has not taken for this long are dropped.")
    static let section = ConfigurationSection(
        "telemetry", [otlp.reference, headers.reference, service.key, sampler.key, maxAge.key])
}

/// The keys of `last_resort:`.
enum LastResortKeys {
    static let sendmail = Key.text(
        "sendmail", "an absolute path", standard: "/usr/sbin/sendmail", "The program that takes the mail.")
    static let after = Key.duration(
        "after", .zero ... .days(1), standard: .seconds(120),
        "How long a problem must last before people are notified.")
    static let again = Key.duration(
        "again", .seconds(60) ... .days(30), standard: .seconds(3600),
        "After which time they are notified of the same problem again.")
    static let section = ConfigurationSection(
        "last_resort",
        [
            ConfigurationKey("mail", "an address", "Who gets a mail. Either this or webhook."),
            ConfigurationKey("from", "an address", standard: "the address of mail", "The sender of the mail."),
            sendmail.key,
            ConfigurationKey(
                "webhook", FormText.secret, "A URL that takes a POST of `{\"text\": …}`, such as Slack's."),
            ConfigurationKey("url", "a URL", "The server's URL, whose `/ready` is asked."),
            after.key, again.key,
        ])
}
