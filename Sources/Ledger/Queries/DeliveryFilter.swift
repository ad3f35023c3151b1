import Postgres
import Webhooks

/// A filter of deliveries, accepted and refused; nil does not restrict.
public struct DeliveryFilter: Sendable, Hashable {
    /// Which events; of refusals and handshakes those of these sources and times.
    public var events = EventFilter()
    /// Refused for a reason of that kind; events have none.
    public var kind: String?
    /// Whether they were accepted.
    public var accepted: Bool?
    /// With this text in an identifying field, case-insensitive, or in the raw body.
    public var text: String?
    /// Which handshakes are meant.
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
    var wantsRefusals: Bool { accepted != true && events.type == nil && handshakes != .only && !asksForRecords }
    var wantsHandshakes: Bool {
        guard events.type == nil, kind == nil, !asksForRecords else { return false }
        return switch handshakes {
        case .asDeliveries: accepted == nil
        case .leftOut: false
        case .signed, .all, .only: true
        }
    }
    var wantsReplays: Bool { withReplays && kind == nil && !asksForRecords }

    /// Whether a row may be skipped for what is in one of its columns, rather than found by an index.
    func skipsRows(_ part: DeliveryArms.Part) -> Bool {
        let isOfSources = events.source != nil || events.sources != nil
        return switch part {
        case .events:
            events.ids.isEmpty && events.order == nil
                && (isOfSources || events.type != nil || text != nil || events.shop != nil || events.state != nil)
        case .refusals: isOfSources || kind != nil || text != nil
        case .handshakes: isOfSources || text != nil || handshakes == .signed
        case .replays: false
        }
    }

    /// Whether something is asked for that only stored events have.
    private var asksForRecords: Bool {
        events.state != nil || !events.ids.isEmpty || events.order != nil || events.shop != nil
    }

    /// Adds the conditions on `e` (event_list) other than the state.
    func addEvents(to conditions: inout Conditions) {
        events.addAllButState(to: &conditions)
        addText(
            "concat_ws(' ', e.id, e.subject, e.provider_type, e.type, e.shop_id, e.request_id, e.remote_addr)", "e",
            to: &conditions)
    }

    /// Adds the conditions on `r` (refusal_list).
    func addRefusals(to conditions: inout Conditions) {
        conditions.add("r.source = $?::text", events.source) { .text($0) }
        conditions.add("r.source = any ($?::text[])", events.sources) { .texts($0) }
        conditions.add("r.kind = $?::text", kind) { .text($0) }
        conditions.add("r.refused_at >= $?::timestamptz", events.since?.microseconds) { .timestamp($0) }
        conditions.add("r.refused_at < $?::timestamptz", events.until?.microseconds) { .timestamp($0) }
        addText("concat_ws(' ', r.kind, r.reason, r.request_id, r.remote_addr, r.path)", "r", to: &conditions)
    }

    /// Adds the conditions on `h` (handshake_list).
    func addHandshakes(to conditions: inout Conditions) {
        conditions.add("h.source = $?::text", events.source) { .text($0) }
        conditions.add("h.source = any ($?::text[])", events.sources) { .texts($0) }
        if handshakes == .signed { conditions.add("h.is_signed") }
        conditions.add("h.received_at >= $?::timestamptz", events.since?.microseconds) { .timestamp($0) }
        conditions.add("h.received_at < $?::timestamptz", events.until?.microseconds) { .timestamp($0) }
        addText("concat_ws(' ', h.provider, h.request_id, h.remote_addr, h.path)", "h", to: &conditions)
    }

    /// Adds the conditions on `p` (live_replays).
    func addReplays(to conditions: inout Conditions) {
        conditions.add("p.source = $?::text", events.source) { .text($0) }
        conditions.add("p.source = any ($?::text[])", events.sources) { .texts($0) }
        conditions.add("($?::text) in (p.type, p.provider_type)", events.type) { .text($0) }
    }

    private func addText(_ names: String, _ alias: String, to conditions: inout Conditions) {
        guard let text else { return }
        let (words, bytes) = (conditions.bind(.text(text)), conditions.bind(.bytes(Array(text.utf8))))
        conditions.add(
            "(strpos(lower(\(names)), lower(\(words)::text)) > 0 or position(\(bytes)::bytea in \(alias).body) > 0)")
    }
}
