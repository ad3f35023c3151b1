import JobsSupport
import Patience
import Platform
import Postgres
import TestThreads
import Testing

/// The end of a cart's timer in the real `hookledger-batch`.
@Suite(.blocking) struct CartTests {
    let fixture: JobsFixture

    init() throws { fixture = try JobsFixture() }

    @Test func everyReminderIsTriedAsOftenAsItsOwnActionSays() throws {
        try fixture.enqueue(1, action: "cart", maxAttempts: 1)
        try fixture.superuser.execute("update events set subject = 'cart:c', body = '{}'")
        // Without their secrets they keep their jobs.
        let program = try BatchProgram(
            fixture, url: "",
            actions: [
                "cart: { kind: cart_abandoned, after: 1h, retries: 0, then: [few, many] }",
                "few: { kind: slack, url: { env: NOT_SET }, retries: 1 }",
                "many: { kind: slack, url: { env: NOT_SET }, retries: 6 }",
            ])
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let attempts = "select string_agg(action || ' ' || max_attempts, ', ' order by action) from jobs"
        #expect(try fixture.value(attempts) == "few 2, many 7")
    }
}
