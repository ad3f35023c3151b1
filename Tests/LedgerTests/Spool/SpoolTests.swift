import Crypto
import JSON
import Ledger
import LedgerSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// What is kept comes back whole, or not at all, and goes into the ledger once.
@Suite(.blocking) final class SpoolTests {
    let fixture: SpoolFixture
    var folder: String { fixture.folder }
    var ledger: LedgerFixture { fixture.ledger }

    init() throws { fixture = try SpoolFixture() }

    deinit { try? Files.remove(folder) }

    private var path: String { fixture.path }
    private static let key = SpoolFixture.key
    private static let received = SpoolFixture.received
    private var spool: Spool { SpoolFixture.spool(path) }

    private func spooled(_ order: String, secret: Bool = true) throws -> SpooledDelivery {
        try SpoolFixture.spooled(order, secret: secret)
    }

    /// The clock of the machine that spooled them was wrong.
    @Test(arguments: [-120, 120] as [Int64]) func aDeliveryOfAWrongClockIsRecordedAsReceivedNow(days: Int64) throws {
        let wrong = SystemClock.now.advanced(bySeconds: days * 86_400)
        let body = Guide.body("order_created", order: "clock", status: "UNPAID", at: 1_735_380_000)
        let delivery = try Guide.delivery(body, at: wrong)
        try spool.keep([
            SpooledDelivery(source: "tiktok-shop", provider: "tiktok_shop_guide", delivery: delivery)
        ])
        // A partition of that time would take it.
        try ledger.superuser.execute(
            """
            do $$ declare p record; begin
                for p in select name from partition_bounds('events')
                    where starts > now() + interval '30 days' or ends < now() - interval '30 days'
                loop execute format('drop table %I', p.name); end loop;
            end $$
            """)
        let report = try takeIn()
        #expect(report.recorded == 1 && report.redated.count == 1 && report.postponed == [] && report.stopped == nil)
        #expect(try ledger.value("select count(*) from events where received_at > now() - interval '1 hour'") == "1")
        #expect(try files().isEmpty && files("/later").isEmpty)
    }

    @Test func theOrdersInAsideAreNamed() throws {
        try spool.keep([spooled("987", secret: false)])
        _ = try takeIn()
        func ids(_ source: String, _ key: KeyFile? = Self.key) -> Set<String> {
            ReconcileAside.orderIDs(of: source, folder: path, key: key)
        }
        #expect(ids("tiktok-shop") == ["987"])
        #expect(ids("another") == [] && ids("tiktok-shop", nil) == [])
    }

    private func takeIn(_ database: String? = nil, minutesLater: Int64 = 0) throws -> SpoolImport.Report {
        try fixture.takeIn(nil, database, minutesLater: minutesLater)
    }

    private func files(_ folder: String = "") throws -> [String] {
        let names = Files.exists(path + folder) ? try Files.list(path + folder) : []
        return names.filter { $0.hasSuffix(".hooks") || $0.hasSuffix(".torn") }
    }

    @Test func whatIsKeptGoesInByTheSameDoor() throws {
        try spool.keep([spooled("1"), spooled("2")])
        try spool.keep([spooled("3")])
        #expect(try files().count == 2)
        for name in try files() {
            #expect(try Files.status(path + "/" + name)?.mode == 0o640)
        }
        #expect(try Files.status(path)?.mode == 0o2770)
        let report = try takeIn()
        #expect(report.recorded == 3 && report.duplicates == 0 && report.stopped == nil && report.setAside == [])
        #expect(try files() == [])
        #expect(try ledger.value("select string_agg(order_id, ' ' order by order_id) from orders") == "1 2 3")
        #expect(try ledger.value("select distinct origin || ' ' || verification from events") == "spool signature")
        #expect(
            try ledger.value("select count(*) from events where received_at = to_timestamp(\(Self.received.seconds))")
                == "3")
        #expect(try ledger.value("select count(*) from jobs") == "3")
        #expect(
            try ledger.value("select headers::text like '%x-tiktok-shop-signature%' from events limit 1") == "true")
    }

    @Test func takingInTwiceMakesNothingTwice() throws {
        let deliveries = try (1...5).map { try spooled("\($0)") }
        try spool.keep(deliveries)
        _ = try takeIn()
        // As if the import had died before it removed the file; a sender's own repetition is no other case.
        try spool.keep(deliveries)
        try spool.keep([deliveries[0], deliveries[0]])
        let report = try takeIn()
        #expect(report.recorded == 0 && report.duplicates == 7)
        #expect(try ledger.value("select count(*) || ' ' || (select count(*) from jobs) from events") == "5 5")
    }

    @Test func whilePostgresIsAwayAllOfItStays() throws {
        try spool.keep([spooled("1")])
        let report = try takeIn("host=\(folder) dbname=none")
        #expect(report.stopped != nil && report.recorded == 0)
        #expect(try files().count == 1)
        #expect(try takeIn().recorded == 1)
    }

    @Test func whatIsRefusedNowIsMovedAsideAndHoldsUpNothing() throws {
        try spool.keep([
            spooled("1"), spooled("2", secret: false),
            SpooledDelivery(source: "gone", provider: "tiktok_shop_guide", delivery: spooled("3").delivery),
            spooled("4"),
        ])
        let report = try takeIn()
        #expect(report.recorded == 2 && report.setAside.count == 2)
        #expect(try files() == [])
        #expect(try files("/aside").count == 2)
        #expect(try takeIn().isEmpty)
        // A person who has fixed the cause moves it back.
        for name in try files("/aside") { try Files.rename("\(path)/aside/\(name)", to: "\(path)/\(name)") }
        #expect(try takeIn().setAside.count == 2)
    }

    /// One that fails alone is tried three times in an hour; one that fails like all others stays where it is.
    @Test func whatFailsAloneIsGoneRound() throws {
        try fixture.refuse("poison")
        try spool.keep([spooled("poison")])
        let alone = try takeIn()
        #expect(alone.stopped?.contains("planted") == true && alone.postponed == [])
        #expect(try files().count == 1)
        try spool.keep([spooled("1"), spooled("2")])
        let first = try takeIn()
        #expect(first.recorded == 2 && first.postponed.count == 1 && first.stopped == nil)
        #expect(try files() == [] && files("/later").count == 1)
        #expect(try takeIn(minutesLater: 29).isEmpty)
        try spool.keep([spooled("3")])
        #expect(try takeIn(minutesLater: 31).postponed.count == 1)
        // Nothing else is recorded: that is no try of its own.
        #expect(try takeIn(minutesLater: 62).stopped?.contains("planted") == true)
        #expect(try files("/later").count == 1)
        try spool.keep([spooled("4")])
        let last = try takeIn(minutesLater: 63)
        #expect(last.setAside.count == 1 && last.setAside[0].contains("failed 3 times"))
        #expect(try files("/later") == [] && files("/aside").count == 1)
        #expect(try ledger.value("select count(*) from orders") == "4")
        #expect(
            try ledger.value(
                "select count(*) from refusals where kind = 'not_recorded' and reason like '%aside%' and status = 200")
                == "1")
    }

    /// The server ends the session at one of them.
    @Test func whatCostsTheSessionIsGoneRound() throws {
        try ledger.superuser.execute(
            """
            create function end_session() returns trigger language plpgsql security definer as $$ begin
                if convert_from(new.body, 'UTF8') like '%poison%' then
                    perform pg_terminate_backend(pg_backend_pid()), pg_sleep(5);
                end if;
                return new;
            end $$;
            create trigger ending before insert on events for each row execute function end_session();
            """)
        try spool.keep(try ["before", "poison", "after"].map { try spooled($0) })
        try spool.keep([try spooled("later")])
        let report = try takeIn()
        #expect(report.recorded == 3 && report.stopped == nil)
        #expect(report.postponed.count == 1)
        #expect(try files().isEmpty)
        #expect(try files("/later").count == 1)
        try spool.keep([spooled("another")])
        let second = try takeIn(minutesLater: 31)
        #expect(second.recorded == 1 && second.postponed.count == 1 && second.stopped == nil)
    }

    /// Neither aside/ nor later/ can be written to, as on a full disk: what needs no move is imported and frees its room.
    @Test func whatCannotBeMovedHoldsUpNothing() throws {
        try spool.keep([try spooled("refused", secret: false)])
        try spool.keep([try spooled("first")])
        try spool.keep([try spooled("second")])
        try Files.write(path + "/aside", text: "in the way")
        let report = try takeIn()
        #expect(report.recorded == 2 && report.setAside.isEmpty)
        #expect(report.stopped != nil)
        #expect(try files().count == 1)
        try Files.remove(path + "/aside")
        #expect(try takeIn().setAside.count == 1)
        #expect(try files().isEmpty)
    }

    /// Its row is locked: the others go in, and it follows with the next import.
    @Test func whatIsBusyIsGoneRound() throws {
        try spool.keep([spooled("1")])
        _ = try takeIn()
        try ledger.superuser.execute("begin; select from orders for update")
        let body = Guide.body("order_status_change", order: "1", status: "IN_TRANSIT", at: 1_735_390_000)
        try spool.keep([
            SpooledDelivery(
                source: "tiktok-shop", provider: "tiktok_shop_guide",
                delivery: try Guide.delivery(body, at: Self.received)), spooled("2"),
        ])
        let report = try takeIn()
        #expect(report.recorded == 1 && report.postponed.count == 1)
        try ledger.superuser.execute("rollback")
        #expect(try takeIn().recorded == 1)
        #expect(try files("/later") == [])
    }

    /// Cut anywhere, or with any byte changed: what is in front of the damage is imported, and no other delivery.
    @Test func aTornFileGivesUpWhatIsWhole() throws {
        try spool.keep([spooled("1"), spooled("2")])
        let name = try #require(try files().first)
        let whole = try Files.read(path + "/" + name)
        let first = try #require(whole.firstRange(of: Array("\nhookledger-spool".utf8))).lowerBound + 1
        var random = SplitMix64(seed: 1)
        for _ in 0..<60 {
            let place = Int.random(in: 0..<whole.count, using: &random)
            var torn = whole
            if Bool.random(using: &random) {
                torn[place] ^= UInt8.random(in: 1...255, using: &random)
            } else {
                torn.removeLast(whole.count - place)
            }
            try Files.write(path + "/" + name, torn)
            try Files.write(path + "/000-other.hooks", whole, durable: false)
            let report = try takeIn()
            let isWhole = torn.count == first
            #expect(report.recorded + report.duplicates == 2 + (place < first && !isWhole ? 0 : 1))
            #expect(report.setAside.count == (isWhole ? 0 : 1))
            #expect(try files() == [])
        }
        #expect(try ledger.value("select count(*) from events") == "2")
    }

    @Test func itsSizeIsBounded() throws {
        let small = Spool(folder: path, key: Self.key, limit: 3 * 4096)
        for order in 1...3 { try small.keep([spooled("\(order)")]) }
        #expect(throws: Spool.Failure.self) { try small.keep([self.spooled("4")]) }
        #expect(try files().count == 3)
        // Another process takes them in: there is room again.
        #expect(try takeIn().recorded == 3)
        try small.keep([spooled("4")])
        #expect(try takeIn().recorded == 1)
    }

    @Test func aFolderThatCannotBeMadeIsAFailure() throws {
        try Files.write(path, text: "a file")
        let error = #expect(throws: Spool.Failure.self) { try self.spool.keep([self.spooled("1")]) }
        #expect(try #require(error).description.contains("cannot be written"))
        #expect(throws: Spool.Failure.self) { try self.spool.prepare() }
        try Files.remove(path)
        try spool.prepare()
        #expect(try Files.list(path) == [])
    }

    @Test func manyThreadsKeepAtTheSameTime() async throws {
        let spool = spool
        let deliveries = try (0..<200).map { try spooled("\($0)") }
        await withTaskGroup { group in
            for delivery in deliveries { group.addTask { try? spool.keep([delivery]) } }
        }
        #expect(try files().count == 200)
        #expect(try takeIn().recorded == 200)
        #expect(try ledger.value("select count(*) from orders") == "200")
    }
}
