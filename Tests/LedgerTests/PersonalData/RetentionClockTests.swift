import JSON
import Ledger
import LedgerSupport
import Postgres
import Settings
import TestThreads
import Testing

/// Orders and customers are anonymized about once an hour, when the configuration says so, as time passes.
@Suite(.blocking) struct RetentionClockTests {
    let ledger: LedgerFixture
    let batch: Connection

    init() throws {
        ledger = try LedgerFixture()
        batch = try ledger.connect(as: "hookledger_batch")
        for id in ["1", "2"] {
            _ = try ledger.record(RecordSender().recordable("order", id, ["email": "ann@mail.example"], at: 1))
            _ = try ledger.record(RecordSender().recordable("customer", id, ["email": "ann@mail.example"], at: 1))
        }
    }

    /// Moves the clock: what was done is so much longer ago.
    private func wait(_ time: String) throws {
        try ledger.superuser.execute(
            """
            update orders set updated_at = updated_at - interval '\(time)',
                anonymized_at = anonymized_at - interval '\(time)';
            update customers set updated_at = updated_at - interval '\(time)',
                anonymized_at = anonymized_at - interval '\(time)';
            update upkeep set begun_at = begun_at - interval '\(time)'
            """)
    }

    private func apply(orders: Int64? = nil, customers: Int64? = nil) throws -> Int? {
        var retention = RetentionSettings.standard
        retention.orders = orders.map { .seconds($0 * 86_400) }
        retention.customers = customers.map { .seconds($0 * 86_400) }
        return try Anonymization.applyWhenDue(retention, key: nil, over: batch)
    }

    private func left() throws -> String? {
        try ledger.value(
            "select (select count(email) from orders) || ' ' || (select count(email) from customers)")
    }

    @Test func nothingGoesUnlessTheConfigurationSaysSo() throws {
        #expect(RetentionSettings.standard.orders == nil && RetentionSettings.standard.customers == nil)
        try wait("4000 days")
        #expect(try apply() == nil)
        #expect(try left() == "2 2")
    }

    @Test func whatIsOverGoesWithinTheHour() throws {
        #expect(try apply(orders: 30, customers: 60) == 0)
        try wait("29 days")
        #expect(try apply(orders: 30, customers: 60) == 0 && left() == "2 2")
        try wait("59 minutes")
        // Not yet an hour since the last time.
        #expect(try apply(orders: 30, customers: 60) == nil)
        try wait("24 hours")
        #expect(try apply(orders: 30, customers: 60) == 2)
        #expect(try left() == "0 2")
        try wait("30 days")
        #expect(try apply(orders: 30, customers: 60) == 2)
        #expect(try left() == "0 0")
        // What was anonymized is not anonymized again.
        try wait("90 days")
        #expect(try apply(orders: 30, customers: 60) == 0)
    }

    /// A change begins the time again, for what it brought.
    @Test func aChangeBeginsTheTimeAgain() throws {
        try wait("31 days")
        #expect(try apply(orders: 30) == 2)
        _ = try ledger.record(RecordSender().recordable("order", "1", ["email": "new@mail.example"], at: 2))
        try wait("29 days")
        #expect(try apply(orders: 30) == 0)
        #expect(try ledger.value("select email from orders where order_id = '1'") == "new@mail.example")
        try wait("2 days")
        #expect(try apply(orders: 30) == 1)
        #expect(try left() == "0 2")
    }
}
