import Postgres
public import Webhooks

/// A filter of deliveries, accepted and refused; nil does not restrict.
public struct DeliveryFilter: Sendable, Hashable {
    /// Of that source.
    public var source: String?
    /// Of one of these sources.
    public var sources: [String]?
    /// Of that type, as rules name it or as the provider does; refusals have none.
    public var type: String?
    /// In that state; refusals are in none.
    public var state: String?
    /// Refused for a reason of that kind; events have none.
    public var kind: String?
    /// Whether they were accepted.
    public var accepted: Bool?
    /// With this text in an identifying field, case-insensitive, or in the raw body.
    public var text: String?
    /// Only these events.
    public var ids: [Int64]?
    /// Received at that moment or later.
    public var since: Timestamp?
    /// Received before that moment.
    public var until: Timestamp?
    /// The filter of handshakes.
    public var handshakes = Handshakes.asDeliveries
    /// Whether replays of unchanged events are included; only live views have them.
    public var withReplays = false

    /// Pings, challenges and tests of portals, which are neither events nor refusals.
    public enum Handshakes: Sendable {
        /// All of them, unless only accepted or only refused deliveries are requested.
        case asDeliveries
        /// Those with a signature, whatever the other filters.
        case signed
        /// All of them, whatever the other filters.
        case all
        /// Nothing else.
        case only
        /// None.
        case leftOut
    }

    /// All deliveries.
    public init() {}

    var wantsEvents: Bool { accepted != false && kind == nil && handshakes != .only }
    var wantsRefusals: Bool {
        accepted != true && type == nil && state == nil && ids == nil && handshakes != .only
    }
    var wantsHandshakes: Bool {
        guard type == nil, state == nil, ids == nil, kind == nil else { return false }
        return switch handshakes {
        case .asDeliveries: accepted == nil
        case .leftOut: false
        case .signed, .all, .only: true
        }
    }
    var wantsReplays: Bool { withReplays && state == nil && ids == nil && kind == nil }

    /// Adds the conditions on `e` (event_list).
    func addEvents(to conditions: inout Conditions) {
        conditions.add("e.source = $?::text", source) { .text($0) }
        conditions.add("e.source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("($?::text) in (e.type, e.provider_type)", type) { .text($0) }
        conditions.add("e.id = any ($?::bigint[])", ids) { .bigints($0) }
        conditions.add("e.received_at >= $?::timestamptz", since?.microseconds) { .timestamp($0) }
        conditions.add("e.received_at < $?::timestamptz", until?.microseconds) { .timestamp($0) }
        if let job = Self.jobs[state ?? ""] {
            // Few events have open jobs, so the search starts with them.
            conditions.add(
                """
                (e.received_at, e.id) in (
                    select j.event_received_at, j.event_id from hookledger.job_list as j where j.state = '\(job)')
                """)
        }
        if state == "completed" {
            // Nearly all are: asked one by one, the function would be called for every event that is sorted.
            conditions.add(
                """
                not exists (select from hookledger.job_list as j
                    where j.event_id = e.id and j.event_received_at = e.received_at)
                """)
        } else {
            conditions.add("(select status from hookledger.event_outcome(e.id, e.order_row)) = $?::text", state) {
                .text($0)
            }
        }
        addText(
            "concat_ws(' ', e.id, e.subject, e.provider_type, e.type, e.shop_id, e.request_id, e.remote_addr)", "e",
            to: &conditions)
    }

    /// Adds the conditions on `r` (refusal_list).
    func addRefusals(to conditions: inout Conditions) {
        conditions.add("r.source = $?::text", source) { .text($0) }
        conditions.add("r.source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("r.kind = $?::text", kind) { .text($0) }
        conditions.add("r.refused_at >= $?::timestamptz", since?.microseconds) { .timestamp($0) }
        conditions.add("r.refused_at < $?::timestamptz", until?.microseconds) { .timestamp($0) }
        addText("concat_ws(' ', r.kind, r.reason, r.request_id, r.remote_addr, r.path)", "r", to: &conditions)
    }

    /// Adds the conditions on `h` (handshake_list).
    func addHandshakes(to conditions: inout Conditions) {
        conditions.add("h.source = $?::text", source) { .text($0) }
        conditions.add("h.source = any ($?::text[])", sources) { .texts($0) }
        if handshakes == .signed { conditions.add("h.is_signed") }
        conditions.add("h.received_at >= $?::timestamptz", since?.microseconds) { .timestamp($0) }
        conditions.add("h.received_at < $?::timestamptz", until?.microseconds) { .timestamp($0) }
        addText("concat_ws(' ', h.provider, h.request_id, h.remote_addr, h.path)", "h", to: &conditions)
    }

    /// Adds the conditions on `p` (live_replays).
    func addReplays(to conditions: inout Conditions) {
        conditions.add("p.source = $?::text", source) { .text($0) }
        conditions.add("p.source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("($?::text) in (p.type, p.provider_type)", type) { .text($0) }
    }

    private static let jobs = ["pending": "ready", "processing": "running", "failed": "dead"]

    private func addText(_ names: String, _ alias: String, to conditions: inout Conditions) {
        guard let text else { return }
        let (words, bytes) = (conditions.bind(.text(text)), conditions.bind(.bytes(Array(text.utf8))))
        conditions.add(
            "(strpos(lower(\(names)), lower(\(words)::text)) > 0 or position(\(bytes)::bytea in \(alias).body) > 0)")
    }
}
