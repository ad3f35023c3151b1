extension Settings {
    /// The reader of the configuration. Each program sees only the secrets that it needs and opens no file with others,
    /// so that a stolen responder reaches only the secrets for verification.
    public enum Reader: Sendable, Hashable, CaseIterable {
        /// A person at the command line: reads everything and so finds every mistake.
        case person
        /// The responder's pool for webhooks: signing secrets.
        case ingest
        /// The responder's pool for the REST API: no secrets but that of its database connection.
        case api
        /// The batch processor: signing secrets, for what was spooled, and those of actions.
        case batch

        /// Whether it has the signing secrets and credentials of sources.
        var hasInbound: Bool { self != .api }
        /// Whether it has the secrets of actions.
        var hasOutbound: Bool { self == .person || self == .batch }
    }
}
