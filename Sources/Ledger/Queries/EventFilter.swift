import Postgres
public import Webhooks

/// Which stored events are meant; what is nil or empty does not narrow it.
public struct EventFilter: Sendable, Hashable {
    /// The state of an event: the words of the views, the command line and the API.
    public enum State: String, Sendable, CaseIterable {
        /// A job is ready.
        case pending
        /// A job is running.
        case processing
        /// No job is open.
        case completed
        /// A job is a dead letter.
        case failed
    }

    /// These ids.
    public var ids: [Int64] = []
    /// Of that source.
    public var source: String?
    /// Of one of these sources.
    public var sources: [String]?
    /// Of that type: the normalized one or the provider's.
    public var type: String?
    /// In that state.
    public var state: State?
    /// About the order of that id, as the sender names it.
    public var order: String?
    /// About an order of the shop with that key: host and path, or the store's id.
    public var shop: String?
    /// Received at that moment or later.
    public var since: Timestamp?
    /// Received before that moment.
    public var until: Timestamp?

    /// All events.
    public init() {}

    /// Whether it narrows nothing.
    public var isOpen: Bool { self == EventFilter() }

    /// Adds the conditions on `e`, which is `events` or `event_list`: only what is asked for, so that each part finds its
    /// index.
    func add(to conditions: inout Conditions) {
        addAllButState(to: &conditions)
        if let state { add(state, to: &conditions) }
    }

    /// The same without the state, for lists that begin at the jobs of a state.
    func addAllButState(to conditions: inout Conditions) {
        if !ids.isEmpty { conditions.add("e.id = any ($?::bigint[])", ids) { .bigints($0) } }
        conditions.add("e.source = $?::text", source) { .text($0) }
        conditions.add("e.source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("($?::text) in (e.type, e.provider_type)", type) { .text($0) }
        addRecord(to: &conditions)
        conditions.add("e.received_at >= $?::timestamptz", since?.microseconds) { .timestamp($0) }
        conditions.add("e.received_at < $?::timestamptz", until?.microseconds) { .timestamp($0) }
    }

    /// An event may be about several orders.
    private func addRecord(to conditions: inout Conditions) {
        guard order != nil || shop != nil else { return }
        var orders = Conditions(after: conditions.parameters)
        orders.add("o.order_id = $?::text", order) { .text($0) }
        orders.add("o.shop_key = $?::text", shop) { .text($0) }
        conditions.add(
            """
            (e.received_at, e.id) in (
                select r.received_at, r.event_id from hookledger.event_rows as r
                where r.record_kind = 'order' and r.record_row = any (array(
                    select o.id from hookledger.orders as o where \(orders.sql))))
            """, binding: orders)
    }

    private func add(_ state: State, to conditions: inout Conditions) {
        guard let job = state.job else {
            // Nearly all are completed: asked one by one, the function would be called for every event that is sorted.
            return conditions.add(
                """
                not exists (select from hookledger.jobs as j
                    where j.event_id = e.id and j.event_received_at = e.received_at)
                """)
        }
        // Few events have such jobs: they are where the search begins.
        conditions.add(
            """
            (e.received_at, e.id) in (
                select j.event_received_at, j.event_id from hookledger.jobs as j where j.state \(job))
            """)
        conditions.add("hookledger.event_status(e.id, e.order_row) = $?::text", state.rawValue) { .text($0) }
    }
}

extension EventFilter.State {
    /// The states of jobs of which at least one job of such an event is, as a condition; nil where it has no jobs.
    var job: String? {
        switch self {
        case .pending: "in (0, 3)"
        case .processing: "= 1"
        case .completed: nil
        case .failed: "= 2"
        }
    }
}
