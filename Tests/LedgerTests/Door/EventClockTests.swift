import Crypto
import JSON
import LedgerSupport
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import Ledger

/// The responder writes the clocks of events that have a time, `event_clock()` those of all others, and a rebuild all of
/// them: both give one text.
@Suite(.blocking) struct EventClockTests {
    private let ledger: LedgerFixture

    init() throws { ledger = try LedgerFixture() }

    @Test(arguments: [-86_400, -1, 0, 299, 300, 301, 86_400] as [Int64], ["order_created", "order_cancelled"])
    func bothSidesAgree(_ ahead: Int64, _ type: String) throws {
        let now = Guide.now
        let body = Guide.body(type, order: "1", status: "PAID", at: now.seconds + ahead)
        for (isTrusted, rank) in [(true, 0), (false, 3), (true, Int.max)] {
            let event = try Guide.recordable(body).event
            let written = try #require(Recordable.clock(event, isTrusted: isTrusted, rank: rank, receivedAt: now))
            let made = try ledger.superuser.query(
                """
                select event_clock($1::boolean, $2::timestamptz, $3::timestamptz, $4::bigint, 7, $5::int, $6::bytea) = $7::jsonb
                """,
                [
                    .boolean(isTrusted), .timestamp(event.occurredAt?.microseconds), .timestamp(now.microseconds),
                    .bigint(event.sequence), .integer(Int32(clamping: rank)), .bytes(event.dedupeKey.bytes),
                    .jsonb(written),
                ]
            ).only().bool(0)
            #expect(made, "\(ahead) s ahead, rank \(rank): \(written)")
        }
    }
}
