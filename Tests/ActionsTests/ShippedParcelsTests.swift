import JSON
import Providers
import Testing

@testable import Actions

@Suite struct ShippedParcelsTests {
    private func parcels(_ extra: JSONValue = [:]) -> ShippedParcels { ShippedParcels(extra.object ?? JSONObject()) }

    private static let delivered = JSONValue.string("2026-01-05 13:24:28+00:00")

    /// Whatever the order of the reports, they end in the same.
    @Test func onlyGrows() {
        let reports: [(inout ShippedParcels) -> Void] = [
            { $0.add(answer: ["status": "partially-fulfilled", "shipments": [["number": "1", "carrier": "usps"]]]) },
            { $0.add(answer: ["status": "fulfilled", "shipments": [["number": "1"], ["number": "2"]]]) },
            { $0.add(webhook: Self.webhook("2"), isDelivered: true) },
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            var parcels = parcels()
            for place in order { reports[place](&parcels) }
            #expect(Set(parcels.parcels.map(\.number)) == ["1", "2"] && parcels.isAllShipped)
            #expect(parcels.parcels.first { $0.number == "2" }?.deliveredAt != nil)
            #expect(parcels.parcels.first { $0.number == "1" }?.carrier == "usps")
            // What is stored is read again.
            let stored = self.parcels([
                "parcels": .array(parcels.parcels.map(\.json)), "all_shipped": .bool(parcels.isAllShipped),
            ])
            #expect(stored.parcels == parcels.parcels && stored.isAllShipped)
        }
    }

    private static func webhook(_ number: String) -> JSONValue {
        [
            "created_at": delivered,
            "resource": ["data": ["carrier": ["code": "usps", "tracking_number": .string(number)]]],
        ]
    }

    @Test(
        arguments: [
            ("to_ship", "processing", false, "partially_shipped"), ("to_ship", "partially_shipped", false, nil),
            ("unpaid", "pending", false, "partially_shipped"), ("to_ship", "processing", true, "shipped"),
            ("to_ship", "partially_shipped", true, "shipped"), ("shipped", "IN_TRANSIT", true, nil),
            ("shipped", "IN_TRANSIT", false, nil), ("delivered", "completed", true, nil),
            ("cancelled", "CANCELLED", true, nil), ("returned", "refunded", true, nil),
            (nil, "Canceled by buyer", true, nil),
            (nil, "a word of the shop", true, "shipped"),
        ] as [(String?, String, Bool, String?)])
    func aStageNeverGoesBack(stage: String?, status: String, whole: Bool, expected: String?) {
        var parcels = parcels()
        parcels.add(answer: ["status": whole ? "fulfilled" : "partially-fulfilled", "shipments": [["number": "1"]]])
        var fields = JSONObject()
        fields["stage"] = stage.map(JSONValue.string)
        fields["status"] = .string(status)
        #expect(parcels.status(of: Subjects.order(fields)) == expected)
    }

    @Test func isDeliveredOnceEveryParcelIs() {
        var parcels = parcels()
        parcels.add(
            answer: [
                "status": "fulfilled",
                "shipments": [["number": "1", "delivered_at": Self.delivered], ["number": "2"]],
            ])
        var fields = JSONObject()
        fields["stage"] = "to_ship"
        #expect(parcels.status(of: Subjects.order(fields)) == "shipped")
        parcels.add(webhook: Self.webhook("2"), isDelivered: true)
        #expect(parcels.status(of: Subjects.order(fields)) == "delivered")
    }

    @Test func aListHasAnEnd() {
        var parcels = parcels()
        parcels.add(answer: ["shipments": .array((0..<1000).map { ["number": .string("\($0)")] })])
        #expect(parcels.parcels.count == 100)
    }
}
