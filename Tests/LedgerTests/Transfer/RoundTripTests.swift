import JSON
import Ledger
import LedgerSupport
import Platform
import Providers
import TestThreads
import Testing
import Webhooks

/// What is exported and imported elsewhere is the same there; what is imported where it is changes nothing.
@Suite(.blocking) struct RoundTripTests {
    @Test(arguments: EventStory.withClock + EventStory.ofRecords)
    func everyStoryIsTheSameElsewhere(_ story: EventStory) throws {
        let (here, there) = (try TransferFixture([story.provider.name]), try TransferFixture([story.provider.name]))
        for (place, step) in story.steps.enumerated() {
            try here.tell(step, story.provider, at: Int64(place) + step.sent)
        }
        try withFolder { folder in
            let written = try here.export(to: folder + "/one")
            #expect(written.events == story.steps.count && written.unwritable == [])
            let dry = try there.take(folder + "/one", isDry: true)
            #expect(try there.ledger.value("select count(*) from events") == "0")
            let report = try there.take(folder + "/one")
            #expect(report == dry)
            #expect(report.imported == story.steps.count && report.duplicates == 0, "\(report)")
            #expect(try there.rows() == here.rows())
            #expect(try there.ledger.value("select count(*) from jobs") == "0")
            #expect(
                try there.ledger.value(
                    "select bool_and(origin = 'imported' and received_at = '\(Guide.now.rfc3339)' and first_received_at < received_at)::text from events"
                ) == "true")
            try there.export(to: folder + "/two")
            #expect(try TransferFixture.requests(folder + "/two") == TransferFixture.requests(folder + "/one"))
            let again = try there.take(folder + "/one")
            #expect(again.duplicates == story.steps.count && again.imported == 0)
            if story.kind == "order" {
                let rebuilt = try OrderRebuild(over: there.ledger.connect(as: "hookledger_operator"), writes: false)
                    .run()
                #expect(rebuilt.different == 0 && rebuilt.done > 0)
            }
        }
    }

    /// Export, change, import: 0 rows differ.
    @Test func whatIsHereChangesNothing() throws {
        let story = EventStory.withClock[0]
        let here = try TransferFixture([story.provider.name])
        for (place, step) in story.steps.enumerated() { try here.tell(step, story.provider, at: Int64(place)) }
        try withFolder { folder in
            try here.export(to: folder + "/one")
            let later = Guide.body(
                "order_status_change", order: "576461413038785752", status: "DELIVERED", at: Guide.now.seconds)
            try here.tell(EventStory.Step(later), story.provider, at: 80_000)
            let before = try here.state()
            let report = try here.take(folder + "/one")
            #expect(report.duplicates == story.steps.count && report.imported == 0)
            #expect(try here.state() == before)
            // Another secret: the old signatures verify no longer, and are still no second events.
            let other = try TransferFixture([story.provider.name], secret: "whsec_YW5vdGhlcg==", in: here.ledger)
            #expect(try other.take(folder + "/one").duplicates == story.steps.count)
            #expect(try here.state() == before)
        }
    }

    /// An old state that is imported does not overwrite a newer one that is not in the export.
    @Test func anOldStateStaysOld() throws {
        let provider = try #require(ProviderRegistry.named("roms"))
        let (here, there) = (try TransferFixture(["roms"]), try TransferFixture(["roms"]))
        func step(_ status: String) -> EventStory.Step { .init(["order_number": "1", "status": .string(status)]) }
        try here.tell(step("pending"), provider, at: 0)
        // The sender gives no time: what came later is newer.
        try there.tell(step("shipped"), provider, at: 10)
        try withFolder { folder in
            try here.export(to: folder + "/one")
            let report = try there.take(folder + "/one")
            #expect(report.imported == 1)
            #expect(try there.ledger.value("select status from orders") == "shipped")
            #expect(
                try OrderRebuild(over: there.ledger.connect(as: "hookledger_operator"), writes: false).run().different
                    == 0)
        }
        // What the sender says next is an event, though the same bytes were imported a moment ago.
        try there.tell(step("pending"), provider, at: 86_401)
        #expect(try there.ledger.value("select status from orders") == "pending")
        #expect(try there.ledger.value("select count(*) from events") == "3")
    }

    /// Without ids and times, with deletions and their reversals: the end is the same.
    @Test func walksEndAlike() throws {
        let names = ["roms", "evershop", "woocommerce"]
        let (here, there) = (try TransferFixture(names), try TransferFixture(names))
        var random = SplitMix64(seed: 19)
        for walk in 0..<60 {
            let name = names[walk % 3]
            let provider = try #require(ProviderRegistry.named(name))
            for step in 0..<6 {
                try here.tell(
                    Self.say(name, walk, step, &random), provider, at: Int64(walk * 700 + step * 40), id: "\(walk)")
            }
        }
        try withFolder { folder in
            let written = try here.export(to: folder + "/one")
            let report = try there.take(folder + "/one")
            #expect(report.imported + report.duplicates == written.events && report.unusable == [:], "\(report)")
            #expect(try there.rows() == here.rows())
            #expect(try there.take(folder + "/one").imported == 0)
            #expect(
                try OrderRebuild(over: there.ledger.connect(as: "hookledger_operator"), writes: false).run().different
                    == 0)
        }
    }

    private static func say(
        _ name: String, _ walk: Int, _ step: Int, _ random: inout SplitMix64
    ) -> EventStory.Step {
        let id = JSONValue.number(JSONNumber(Int64(walk + 1)))
        func word(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
        switch name {
        case "roms":
            return .init(["order_number": id, "status": .string(word(["pending", "shipped", "cancelled"]))])
        case "evershop":
            return .init([
                "event": "order.updated", "data": ["id": id, "status": .string(word(["pending", "paid", "shipped"]))],
            ])
        default:
            let status = word(["processing", "completed", "trash", "restored"])
            if status == "trash" { return .init(["id": id], headers: [("x-wc-webhook-topic", "order.deleted")]) }
            let time = TransferFixture.begin.advanced(bySeconds: Int64(walk * 700 + step * 40))
            return .init(
                [
                    "id": id, "total": "1", "status": .string(status),
                    "date_modified_gmt": .string(String(time.rfc3339.prefix(19))),
                ], headers: [("x-wc-webhook-topic", status == "restored" ? "order.restored" : "order.updated")])
        }
    }
}
