import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

/// Counts and movements, in any order of arrival.
@Suite(.blocking) struct InventoryTests {
    let ledger: LedgerFixture
    let sender = RecordSender()

    init() throws { ledger = try LedgerFixture() }

    private func count(_ product: String, _ fields: JSONValue, at seconds: Int64, source: String = "shop") throws {
        _ = try ledger.record(sender.recordable("product", product, fields, at: seconds, source: source))
    }

    /// Moves as the batch processor does. - Returns: what is left, and whether the movement was new.
    private func move(
        _ key: String, _ delta: Int, product: String?, variant: String? = nil, sku: String? = nil, at seconds: Int64,
        source: String = "shop"
    ) throws -> String {
        let row = try ledger.connect(as: "hookledger_batch").query(
            """
            select quantity::text, is_new from move_inventory(array[$1], array[$2], array[$3], array[$4], array[$5],
                array[$6::numeric], array['sold'], array[to_timestamp($7::bigint)], array[null::bigint],
                array[null::bigint])
            """,
            [
                .text(key), .text(source), .text(product), .text(variant), .text(sku), .numeric(String(delta)),
                .bigint(seconds),
            ]
        ).only()
        return try row.text(0) + (try row.bool(1) ? " new" : " known")
    }

    private func levels(_ source: String = "shop") throws -> String? {
        try ledger.value(
            "select string_agg(product_id || '/' || variant_id || '=' || quantity, ' ' order by product_id, variant_id) from inventory where source = '\(source)'"
        )
    }

    @Test func aCountAndWhatMovedAfterIt() throws {
        try count("1", ["quantity": 100, "sku": "MUG"], at: 100)
        #expect(try move("m1", -2, product: "1", at: 110) == "98 new")
        #expect(try move("m1", -2, product: "1", at: 110) == "98 known")
        // It moved before the count, which has it in it already.
        #expect(try move("m0", -5, product: "1", at: 90) == "98 new")
        try count("1", ["quantity": 97], at: 120)
        #expect(try levels() == "1/=97")
        // An older count changes nothing.
        try count("1", ["quantity": 500], at: 50)
        #expect(try levels() == "1/=97")
        #expect(try ledger.value("select sku from inventory") == "MUG")
        #expect(try ledger.value("select moved || ' ' || counted from inventory_levels") == "0 97")
    }

    @Test func everyOrderOfArrivalGivesTheSameLevels() throws {
        var random = SplitMix64(seed: 3)
        let counts: [(Int64, JSONValue)] = [
            (
                100,
                [
                    "quantity": 10,
                    "variants": [["variant_id": "s", "quantity": 3], ["variant_id": "m", "quantity": 4]],
                ]
            ),
            (110, ["name": "Shirt"]),
            (120, ["quantity": 8, "variants": [["variant_id": "s", "quantity": 2, "sku": "S"]]]),
            (130, ["quantity": 9]),
        ]
        let moves: [(String, Int, String?, Int64)] = [
            ("a", -1, nil, 105), ("b", -1, nil, 125), ("c", -1, "s", 119), ("d", 1, "s", 121), ("e", -1, nil, 140),
        ]
        var seen = Set<String?>()
        for round in 0..<30 {
            let source = "shop-\(round)"
            for step in Array(0..<9).shuffled(using: &random) {
                if step < 4 {
                    try count("1", counts[step].1, at: counts[step].0, source: source)
                } else {
                    let (key, delta, variant, at) = moves[step - 4]
                    _ = try move(
                        "\(source):\(key)", delta, product: "1", variant: variant, at: at, source: source)
                }
            }
            // A variant that is no longer listed has a row only when it was known before that.
            seen.insert(try levels(source)?.replacing(" 1/m=0", with: ""))
        }
        #expect(seen == ["1/=8 1/s=3"])
    }

    @Test func aLineIsFoundByItsSku() throws {
        try count("1", ["quantity": 5, "sku": "MUG"], at: 100)
        #expect(try move("m1", -1, product: nil, sku: "MUG", at: 110, source: "tiktok-shop") == "4 new")
        // Two rows have it elsewhere: the sender's own one counts, and else nobody's.
        try count("2", ["quantity": 7, "sku": "MUG"], at: 100, source: "other")
        #expect(try move("m2", -1, product: "x", sku: "MUG", at: 110, source: "other") == "6 new")
        #expect(try move("m3", -1, product: nil, sku: "MUG", at: 110, source: "tiktok-shop") == "-1 new")
        #expect(try levels("tiktok-shop") == "sku:MUG/=-1")
    }

    @Test func aDeletedProductKeepsItsRow() throws {
        try count("1", ["quantity": 5, "name": "Mug"], at: 100)
        try count("1", ["deleted": true], at: 110)
        #expect(
            try ledger.value("select name || ' ' || deleted || ' ' || quantity from inventory_levels") == "Mug true 5")
        #expect(try ledger.value("select deleted from product_list") == "true")
    }
}
