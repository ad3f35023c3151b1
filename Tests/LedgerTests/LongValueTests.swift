import JSON
import Ledger
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

/// The lines of an order are long, and most of its events bring the same ones again.
@Suite(.blocking) struct LongValueTests {
    /// Lines that are longer than what is always written again.
    private static func lines(_ weight: String, first: String = "1") -> JSONValue {
        .array(
            ["1", "2", "3", "4", "5", "6"].map { id in
                var line: JSONObject = JSONObject(distinct: [])
                line["id"] = .string(id == "1" ? first : id)
                line["product_name"] = .string("A shirt with a rather long name, number \(id)")
                line["weight"] = JSONNumber(literal: weight).map(JSONValue.number)
                return .object(line)
            })
    }

    private static func event(
        _ type: String, _ status: String, at seconds: Int64, _ lines: JSONValue
    ) throws -> Recordable {
        var more = JSONObject()
        more["items"] = lines
        return try Guide.recordable(
            Guide.body(type, order: "L", status: status, at: 1_735_380_000 + seconds, more: more))
    }

    private static let weights = """
        select string_agg(i -> 'extra' ->> 'weight', ' ') || ' ' || jsonb_array_length(order_data -> 'items')
            || ' ' || (order_data ->> 'status')
        from orders, jsonb_array_elements(order_data -> 'items') as i group by order_data
        """
    private static let changed = """
        select string_agg(
            coalesce((select string_agg(k, ',' order by k) from jsonb_object_keys(changes) as k), '-'), ' ' order by id)
        from events where disposition = 'applied'
        """

    @Test func theSameLinesChangeNothingAndOthersDo() throws {
        let ledger = try LedgerFixture()
        _ = try ledger.record(Self.event("order_created", "UNPAID", at: 0, Self.lines("1.0")))
        _ = try ledger.record(Self.event("order_status_change", "AWAITING_SHIPMENT", at: 10, Self.lines("1.0")))
        #expect(try ledger.value(Self.changed) == "changed_at,stage,status")
        #expect(try ledger.value(Self.weights) == "1.0 1.0 1.0 1.0 1.0 1.0 6 AWAITING_SHIPMENT")
        // Equal numbers with other digits are the newest event's, and no change.
        _ = try ledger.record(Self.event("order_status_change", "AWAITING_COLLECTION", at: 20, Self.lines("1.00")))
        #expect(try ledger.value(Self.changed) == "changed_at,stage,status changed_at,status")
        #expect(try ledger.value(Self.weights) == "1.00 1.00 1.00 1.00 1.00 1.00 6 AWAITING_COLLECTION")
        _ = try ledger.record(
            Self.event("order_status_change", "AWAITING_COLLECTION", at: 30, Self.lines("1.00", first: "7")))
        #expect(try ledger.value(Self.changed)?.hasSuffix(" changed_at,items") == true)
        #expect(
            try ledger.value(
                """
                select (changes -> 'items' -> 0 -> 0 ->> 'line_id') || ' ' || (changes -> 'items' -> 1 -> 0 ->> 'line_id')
                from events where changes ? 'items' and disposition = 'applied'
                """) == "1 7")
    }

    @Test func everyOrderOfArrivalEndsInTheSameRow() throws {
        let story: [(String, Int64, JSONValue)] = [
            ("UNPAID", 0, Self.lines("1.0")), ("AWAITING_SHIPMENT", 10, Self.lines("1.0")),
            ("IN_TRANSIT", 20, Self.lines("1.00")), ("DELIVERED", 30, Self.lines("1.00", first: "7")),
        ]
        var states: Set<String> = []
        let ledger = try LedgerFixture()
        for places in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [0, 2, 1, 3], [3, 0, 2, 1]] {
            for place in places {
                _ = try ledger.record(
                    Self.event("order_status_change", story[place].0, at: story[place].1, story[place].2))
            }
            states.insert(
                try #require(
                    try ledger.value(
                        """
                        select order_data::text || (select jsonb_object_agg(key, coalesce(clocks -> key, clocks -> '*'))
                            from jsonb_object_keys(order_data) as key)
                        from orders
                        """)))
            try ledger.superuser.execute("truncate receipts, events, orders cascade")
        }
        #expect(states.count == 1)
    }
}
