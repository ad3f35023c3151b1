import JSON
import Ledger
import LedgerSupport
import Platform
import TestThreads
import Testing
import Webhooks

/// Created, paid, shipped, cancelled in every order of arrival, with duplicates and in any batches: one final row.
@Suite(.blocking) struct ArrivalOrderTests {
    private static let story: [JSONValue] = [
        Guide.body("order_created", order: "O", status: "UNPAID", at: 1_735_380_000, total: "49.98"),
        Guide.body("order_status_change", order: "O", status: "AWAITING_SHIPMENT", at: 1_735_380_010),
        // The same second as the one before: the status rank decides.
        Guide.body("package_shipped", order: "O", status: "IN_TRANSIT", at: 1_735_380_010, total: "51.00"),
        Guide.body("order_cancelled", order: "O", status: "CANCEL", at: 1_735_380_020),
    ]

    /// The fields with the clock that counts for each.
    private static let state = """
        select order_data::text || extra::text || (
            select jsonb_object_agg(key, coalesce(clocks -> key, clocks -> '*')) from jsonb_object_keys(order_data) as key)
        from orders where order_id = 'O'
        """

    @Test func everyPermutationEndsInTheSameRow() throws {
        var states = Set<String>()
        for permutation in permutations(of: Array(Self.story.indices)) {
            let ledger = try LedgerFixture()
            for place in permutation { _ = try ledger.record(Guide.recordable(Self.story[place])) }
            states.insert(try #require(try ledger.value(Self.state)))
            #expect(try ledger.value("select status || ' ' || total_amount from orders") == "CANCELLED 51.00")
        }
        #expect(states.count == 1)
    }

    @Test func shuffledRepeatedAndReceivedAtOtherTimesItIsTheSameRow() throws {
        var random = SplitMix64(seed: 7)
        var states = Set<String>()
        for _ in 0..<20 {
            let ledger = try LedgerFixture()
            let deliveries = (Self.story + Self.story).shuffled(using: &random)
            for (place, body) in deliveries.enumerated() {
                _ = try ledger.record(Guide.recordable(body, at: Guide.now.advanced(bySeconds: Int64(place))))
            }
            states.insert(try #require(try ledger.value(Self.state)))
            #expect(try ledger.value("select count(*) from events") == "4")
        }
        #expect(states.count == 1)
    }

    private func permutations(of places: [Int]) -> [[Int]] {
        if places.count < 2 { return [places] }
        return places.flatMap { first in permutations(of: places.filter { $0 != first }).map { [first] + $0 } }
    }
}
