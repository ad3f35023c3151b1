import Postgres
import Webhooks

/// How far one step of a filtered list of deliveries looks.
struct DeliveryHorizon {
    private let filter: DeliveryFilter
    private let cursor: PageCursor?
    private var parameters: [Parameter] = []
    private var ends: [String] = []

    /// - Parameter cursor: where the step begins; nil for the newest.
    init(_ filter: DeliveryFilter, before cursor: PageCursor?) {
        (self.filter, self.cursor) = (filter, cursor)
        if filter.wantsEvents, filter.skipsRows(.events) { addEvents() }
        if filter.wantsRefusals, filter.skipsRows(.refusals) { add(.refusals, "refused_at", "refusal_list") }
        if filter.wantsHandshakes, filter.skipsRows(.handshakes) { add(.handshakes, "received_at", "handshake_list") }
    }

    private var step: Int {
        filter.text != nil ? SearchStep.searched : filter.events.shop != nil ? SearchStep.lookedUp : SearchStep.rows
    }

    private mutating func addEvents() {
        guard let state = filter.events.state, state.job != nil else {
            return add(.events, "received_at", "event_list")
        }
        var arm = DeliveryArms.Arm(.events, "received_at", after: parameters)
        let (filter, cursor) = (filter, cursor)
        if let end = StateOfEvents.end(state, &arm, { Self.bound(&$0, filter, cursor) }) { ends.append(end) }
        parameters = arm.conditions.parameters
    }

    private mutating func add(_ part: DeliveryArms.Part, _ time: String, _ view: String) {
        var arm = DeliveryArms.Arm(part, time, after: parameters)
        Self.bound(&arm, filter, cursor)
        parameters = arm.conditions.parameters
        ends.append(
            """
            (select \(arm.time) from hookledger.\(view) as \(arm.alias) where \(arm.conditions.sql)
                order by \(arm.time) desc, \(arm.id) desc offset \(step - 1) limit 1)
            """)
    }

    /// Adds where a list begins, and its times.
    static func bound(_ arm: inout DeliveryArms.Arm, _ filter: DeliveryFilter, _ cursor: PageCursor?) {
        arm.conditions.add("\(arm.time) >= $?::timestamptz", filter.events.since?.microseconds) { .timestamp($0) }
        arm.conditions.add("\(arm.time) < $?::timestamptz", filter.events.until?.microseconds) { .timestamp($0) }
        guard let cursor else { return }
        let at = arm.conditions.bind(.timestamp(cursor.at.microseconds)) + "::timestamptz"
        if arm.rank == cursor.rank {
            let id = arm.conditions.bind(.bigint(cursor.id)) + "::bigint"
            // Postgres does not choose partitions by a comparison of rows, so the time is said by itself, too.
            arm.conditions.add("\(arm.time) <= \(at) and (\(arm.time), \(arm.id)) < (\(at), \(id))")
        } else {
            arm.conditions.add("\(arm.time) \(arm.rank > cursor.rank ? "<" : "<=") \(at)")
        }
    }

    /// The time back to which the step looks; nil for the whole list.
    func find(on connection: Connection) throws(PostgresError) -> Timestamp? {
        if ends.isEmpty { return nil }
        let latest = ends.count == 1 ? ends[0] : "greatest(\(ends.joined(separator: ", ")))"
        let row = try connection.query("select \(latest) as end", parameters).only()
        return try row.optionalTimestamp("end").map { Timestamp(microseconds: $0) }
    }
}
