import LocalStack
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// Ids carry slots, so a source has its slot in every version.
@Suite(.blocking) struct SlotTests {
    static let vectors = [
        "tiktok-shop": 102, "shopify": 626, "woocommerce": 596, "a": 663, "shop-1": 306, "shop-2": 997,
        "shop-1023": 908,
        "hookledger:canary": 506, "Ünïcode-店": 694, String(repeating: "x", count: 100): 492,
    ]

    @Test func aSourceKeepsItsSlot() {
        for (source, slot) in Self.vectors { #expect(Slot(of: source).number == slot, "\(source)") }
    }

    @Test func theDatabaseComputesTheSame() throws {
        let ledger = try LedgerFixture()
        for (source, slot) in Self.vectors {
            let row = try ledger.superuser.query("select source_slot($1::text)", [.text(source)]).only()
            #expect(try row.int(0) == slot, "\(source)")
        }
        #expect(
            try ledger.value(
                "select count(distinct source_slot('shop-' || g)) > 600 from generate_series(1, 1024) as g")
                == "true")
    }

    @Test func oneDatabaseIgnoresSlots() throws {
        let ledger = try LedgerFixture()
        let receipt = try ledger.record(Saying(id: "1", status: "a", at: 1).recordable())
        #expect(receipt.eventID < 1024)
        #expect(try ledger.value("select slot from cell_slots") == nil)
    }
}

/// How many sessions a cell has for the readers of a router.
@Suite struct CellLimitTests {
    @Test func aSessionAtTheRouterNeedsThreeInEachCell() {
        func api(hosts: Int, isCell: Bool) -> Int? {
            ConnectionLimits(hosts: hosts, slots: 4, committers: 1, isCell: isCell).limits
                .first { $0.role == "hookledger_api" }?.sessions
        }
        #expect(api(hosts: 2, isCell: false) == 14)
        #expect(api(hosts: 2, isCell: true) == 3 * 10 + 12 + 4)
        func others(isCell: Bool) -> [ConnectionLimits.Limit] {
            ConnectionLimits(hosts: 2, slots: 4, committers: 1, isCell: isCell).limits
                .filter { $0.role != "hookledger_api" }
        }
        let (one, cell) = (others(isCell: false), others(isCell: true))
        // The question whether it stores, and the spool.
        #expect(cell[0].sessions == one[0].sessions + 3 * 2 + 4)
        #expect(cell.dropFirst().map(\.sessions) == one.dropFirst().map(\.sessions))
    }
}
