import JSON
public import Postgres
public import Webhooks

/// The state of a webhook that a source expects at its provider.
public enum WebhookState: String, Sendable, CaseIterable {
    /// It leads to the source's address.
    case on
    /// It is not registered for the source's address.
    case missing
    /// The provider has switched it off.
    case disabled
    /// A person has switched it off.
    case paused
    /// It leads to another address, and the provider has one for each topic.
    case elsewhere
    /// Its deliveries have another API version than the configured one.
    case otherVersion = "other_version"
}

/// The looks at the registered webhooks of one source and API, in the database. One run looks at a time, across all hosts.
public struct WebhookBooks: Sendable {
    /// The source.
    public let source: String
    /// The action whose API is asked.
    public let api: String
    /// The looks since the last answer that failed.
    public let failures: Int
    private let token: Int64

    /// How long a lease lasts, in microseconds.
    private static let length: Int64 = 180_000_000

    /// An expected webhook as the provider describes it.
    public struct Entry: Sendable, Hashable {
        /// The topic, as the configuration names it.
        public let topic: String
        /// Whether it is about orders.
        public let isOfOrders: Bool
        /// Its state.
        public let state: WebhookState
        /// More in words; never an address with a query.
        public let detail: String?
        /// The provider's id.
        public let webhookID: String?
        /// Whether people are alerted.
        public var alarm: Bool

        /// An entry of those parts.
        public init(
            topic: String, isOfOrders: Bool, state: WebhookState, detail: String? = nil, webhookID: String? = nil,
            alarm: Bool = false
        ) {
            self.topic = topic
            self.isOfOrders = isOfOrders
            self.state = state
            self.detail = detail
            self.webhookID = webhookID
            self.alarm = alarm
        }
    }

    /// What is known of a topic before a look.
    public struct Known: Sendable {
        /// The provider's id of the webhook.
        public let webhookID: String?
        /// How often it was repaired within 24 hours.
        public let repairs: Int
    }

    /// Takes the lease, if a look is due.
    /// - Parameters:
    ///   - holder: host and process, for people.
    ///   - every: the time between two looks, in seconds.
    ///   - connection: of the batch processor's role.
    /// - Returns: nil if it is not due, or another run has it.
    public static func take(
        source: String, api: String, holder: String, every: Int64, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> WebhookBooks? {
        let key: [Parameter] = [.text(source), .text(api)]
        let taking =
            key + [
                .text(holder), .timestamp(now.microseconds), .interval(length), .interval(every * 1_000_000),
                .interval(ReconcileLease.longestWait),
            ]
        var rows = try connection.query(WebhookSQL.take, taking)
        if rows.isEmpty {
            let made = try connection.query(WebhookSQL.make, key + [.timestamp(now.microseconds)])
            if made.affected == 0 { return nil }
            rows = try connection.query(WebhookSQL.take, taking)
        }
        guard let row = rows.first else { return nil }
        return WebhookBooks(
            source: source, api: api, failures: try row.int("failures"), token: try row.bigint("token"))
    }

    private var key: [Parameter] { [.text(source), .text(api)] }
    private var fenced: [Parameter] { key + [.bigint(token)] }

    /// What is known of the topics.
    public func known(now: Timestamp, on connection: Connection) throws(PostgresError) -> [String: Known] {
        var known: [String: Known] = [:]
        for row in try connection.query(WebhookSQL.open, key + [.timestamp(now.microseconds)]) {
            known[try row.text("topic")] = Known(
                webhookID: try row.optionalText("webhook_id"), repairs: try row.int("repairs"))
        }
        return known
    }

    /// The events and ids of webhooks that a person deleted by command and did not register again.
    public static func deleted(at provider: String, on connection: Connection) throws(PostgresError) -> Set<String> {
        var names: Set<String> = []
        for row in try connection.query(WebhookSQL.deleted, [.text(provider)]) { names.insert(try row.text(0)) }
        return names
    }

    /// The topics of which deliveries failed for two days before they were first seen off: such a webhook was switched off by
    /// its provider. For providers that do not say who did it.
    public static func failed(
        source: String, api: String, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Set<String> {
        var topics: Set<String> = []
        for row in try connection.query(
            WebhookSQL.failed, [.text(source), .text(api), .timestamp(now.microseconds)])
        {
            topics.insert(try row.text("topic"))
        }
        return topics
    }

    /// Writes what the provider said.
    /// - Returns: false, with nothing changed, if another run has the lease.
    public func keep(_ entries: [Entry], now: Timestamp, on connection: Connection) throws(PostgresError) -> Bool {
        try connection.transaction { () throws(PostgresError) -> Bool in
            guard try renew(now, connection) else { return false }
            let at: Parameter = .timestamp(now.microseconds)
            let (topics, states) = (entries.map(\.topic), entries.map(\.state.rawValue))
            _ = try connection.query(WebhookSQL.end, key + [at, .texts(topics), .texts(states)])
            _ = try connection.query(
                WebhookSQL.keep,
                key + [
                    at, .texts(topics), .booleans(entries.map(\.isOfOrders)), .texts(states),
                    .texts(entries.map { $0.detail?.storable }), .texts(entries.map { $0.webhookID?.storable }),
                    .booleans(entries.map(\.alarm)),
                ])
            return true
        }
    }

    /// Announces a repair, so that it counts even if this process is killed.
    /// - Parameter address: without its query.
    /// - Returns: its id; nil, with nothing changed, if another run has the lease.
    public func announce(
        _ repair: Repair, of topic: String, address: String, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> Int64? {
        try connection.transaction { () throws(PostgresError) -> Int64? in
            guard try renew(now, connection) else { return nil }
            return try connection.query(
                WebhookSQL.announce,
                key + [.text(topic), .text(repair.rawValue), .text(address), .timestamp(now.microseconds)]
            ).only().bigint("id")
        }
    }

    /// The kinds of repairs; the raw value is `webhook_repairs.repair`.
    public enum Repair: String, Sendable {
        /// Registers it.
        case register
        /// Enables it.
        case enable
    }

    /// The end of a repair.
    /// - Parameter trouble: why it failed; nil if it did not.
    public static func end(_ id: Int64, trouble: String?, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            WebhookSQL.repaired, [.bigint(id), .boolean(trouble == nil), .text(trouble?.storable)])
    }

    /// Ends the look.
    /// - Parameter due: when the next one is due.
    public func finish(due: Timestamp, now: Timestamp, on connection: Connection) throws(PostgresError) {
        _ = try connection.query(
            WebhookSQL.finish, fenced + [.timestamp(due.microseconds), .timestamp(now.microseconds)])
    }

    /// Ends a look that failed.
    public func fail(
        _ reason: String, isUnauthorized: Bool, due: Timestamp, on connection: Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            WebhookSQL.fail,
            fenced + [.timestamp(due.microseconds), .boolean(isUnauthorized), .text(reason.storable)])
    }

    private func renew(_ now: Timestamp, _ connection: Connection) throws(PostgresError) -> Bool {
        try !connection.query(
            WebhookSQL.renew, fenced + [.timestamp(now.microseconds), .interval(Self.length)]
        ).isEmpty
    }
}
