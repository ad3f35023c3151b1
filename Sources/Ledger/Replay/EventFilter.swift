public import Postgres
public import Webhooks

/// A filter of stored events; nil or empty does not restrict.
public struct EventFilter: Sendable, Hashable {
    /// The state of an event, as in the view `event_states`.
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
    /// About the order with this id, as the provider writes it.
    public var order: String?
    /// About an order of the shop with that key: host and path, or the store's id.
    public var shop: String?
    /// Received at that moment or later.
    public var since: Timestamp?
    /// Received before that moment.
    public var until: Timestamp?

    /// All events.
    public init() {}

    /// Whether it has no restriction.
    public var isOpen: Bool { self == EventFilter() }

    /// The condition on `e` (events), and its parameters; only used filters are written, so that each part finds its
    /// index.
    /// - Parameter first: the number of its first parameter.
    public func condition(from first: Int = 1) -> (sql: String, parameters: [Parameter]) {
        var parts: [String] = []
        var parameters: [Parameter] = []
        func add(_ part: (String) -> String, _ parameter: Parameter) {
            parts.append(part("$\(first + parameters.count)"))
            parameters.append(parameter)
        }
        if !ids.isEmpty { add({ "e.id = any (\($0)::bigint[])" }, .bigints(ids)) }
        if let source { add({ "e.source = \($0)::text" }, .text(source)) }
        if let sources { add({ "e.source = any (\($0)::text[])" }, .texts(sources)) }
        if let type { add({ "(e.type = \($0)::text or e.provider_type = \($0))" }, .text(type)) }
        if order != nil || shop != nil {
            var wanted: [String] = []
            for (column, value) in [("order_id", order), ("shop_key", shop)] {
                guard let value else { continue }
                wanted.append("o.\(column) = $\(first + parameters.count)::text")
                parameters.append(.text(value))
            }
            // An event may be about several orders.
            parts.append(
                """
                (e.received_at, e.id) in (
                    select r.received_at, r.event_id from hookledger.event_rows as r
                    where r.record_kind = 'order' and r.record_row = any (array(
                        select o.id from hookledger.orders as o where \(wanted.joined(separator: " and ")))))
                """)
        }
        if let since { add({ "e.received_at >= \($0)::timestamptz" }, .timestamp(since.microseconds)) }
        if let until { add({ "e.received_at < \($0)::timestamptz" }, .timestamp(until.microseconds)) }
        if let state {
            if let job = state.job {
                parts.append(
                    """
                    (e.received_at, e.id) in (
                        select j.event_received_at, j.event_id from hookledger.jobs as j where j.state = \(job))
                    """)
            }
            add({ "hookledger.event_status(e.id, e.order_row) = \($0)::text" }, .text(state.rawValue))
        }
        return (parts.isEmpty ? "true" : parts.joined(separator: "\n    and "), parameters)
    }
}

extension EventFilter.State {
    /// The state of jobs that at least one job of such an event is in: few, so the search starts with them.
    fileprivate var job: Int? {
        switch self {
        case .pending: 0
        case .processing: 1
        case .completed: nil
        case .failed: 2
        }
    }
}
