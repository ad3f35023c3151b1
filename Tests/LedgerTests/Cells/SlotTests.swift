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
        func api(hosts: Int, _ place: ConnectionLimits.Place) -> Int? {
            ConnectionLimits(hosts: hosts, slots: 4, committers: 1, place: place).limits
                .first { $0.role == "hookledger_api" }?.sessions
        }
        #expect(api(hosts: 2, .onlyDatabase) == 14)
        #expect(api(hosts: 2, .cell) == 3 * 10 + 12 + 4)
        func others(_ place: ConnectionLimits.Place) -> [ConnectionLimits.Limit] {
            ConnectionLimits(hosts: 2, slots: 4, committers: 1, place: place).limits
                .filter { $0.role != "hookledger_api" }
        }
        let (one, router, cell) = (others(.onlyDatabase), others(.router), others(.cell))
        // The question whether it stores, and the spool.
        #expect(cell[0].sessions == one[0].sessions + 4 * 2 + 4)
        #expect(router[0].sessions == one[0].sessions + 2)
        #expect(cell.dropFirst().map(\.sessions) == one.dropFirst().map(\.sessions))
    }
}
