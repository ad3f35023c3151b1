import JSON
import JobsSupport
import Patience
import Platform
import Postgres
import Settings
import StandIns
import TestThreads
import Testing

@testable import Jobs

/// What `alerts:` names is alerted once in a period, and not through what is broken.
@Suite(.blocking) struct CauseAlertTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
        try fixture.superuser.execute(
            "insert into action_states (action, kind, blocks) values ('slack', 'slack', false), ('mail', 'email', false)"
        )
    }

    private static let all = AlertSettings(
        period: .seconds(3600), lowStock: 5, priceChange: 20, silent: ["shop": .seconds(600), "new": .seconds(600)],
        refusals: .init(atLeast: 20, factor: 5))

    private static let slack = AlertChannel("slack", destination: "s:443")
    private static let mail = AlertChannel("mail", destination: "m:587")

    private func raise(
        _ settings: AlertSettings = all,
        through channels: [AlertChannel] = [slack]
    ) throws -> Int {
        // The last look was a minute ago.
        try fixture.superuser.execute(
            """
            insert into alerts (topic, raised_at) values ('causes', now() - interval '1 minute')
            on conflict (topic) do update set raised_at = excluded.raised_at
            """)
        return try CauseAlerts.raise(settings, through: channels, on: connection)
    }

    private var notes: String? {
        get throws {
            try fixture.value("select string_agg(note, ' | ' order by job_id) from jobs where note is not null")
        }
    }

    /// A product that changed, and how many are left of it.
    private func product(_ id: String, name: String, left: Int, _ before: JSONObject, _ after: JSONObject) throws {
        try Filling.record(
            [before, after].map { fields in
                var fields = fields
                fields["name"] = .string(name)
                return try Filling.recordable("product", id, .object(fields))
            }, in: fixture.database)
        _ = try fixture.superuser.query(
            "insert into inventory (source, product_id, counted, quantity) values ('shop', $1, $2::bigint, $2::bigint)",
            [.text(id), .bigint(Int64(left))])
    }

    private func product(_ id: String, name: String, left: Int, old: String, new: String) throws {
        func price(_ amount: String) -> JSONObject {
            var fields = JSONObject()
            fields["price"] = .string(amount)
            return fields
        }
        try product(id, name: name, left: left, price(old), price(new))
    }

    @Test func stockAndPricesAreAlertedOnce() throws {
        try product("1", name: "Mug", left: 5, old: "10.00", new: "12.00")
        try product("2", name: "Cup", left: 6, old: "10.00", new: "11.99")
        #expect(try raise() == 2)
        #expect(
            try notes == "Low stock: Mug has 5 left (shop).\nPrice change: Mug costs 12.00 and no longer 10.00 (shop).")
        #expect(try raise() == 0)
        try fixture.superuser.execute("update alerts set raised_at = now() - interval '2 hours'")
        #expect(try raise() == 2)
        #expect(try raise(.none) == 0)
    }

    /// A product whose variants changed from one array to another, and with them its own price.
    private func variants(_ id: String, _ old: String, _ new: String, price: (String, String)? = nil) throws {
        func fields(_ variants: String, _ price: String?) throws -> JSONObject {
            var fields = JSONObject()
            fields["variants"] = try JSONValue(parsing: Array(variants.utf8))
            fields["price"] = price.map(JSONValue.string)
            return fields
        }
        try product(id, name: "Mug", left: 99, fields(old, price?.0), fields(new, price?.1))
    }

    @Test func thePriceOfEveryVariantIsLookedAt() throws {
        func two(_ first: String, _ second: String) -> String {
            #"""
            [{"variant_id": "11", "name": "Red", "price": "\#(first)"}, {"variant_id": "12", "name": "Blue", "price": "\#(second)"}]
            """#
        }
        try variants("1", two("10.00", "100.00"), two("10.00", "10.00"))
        #expect(try raise() == 1)
        #expect(try notes == "Price change: Mug, Blue costs 10.00 and no longer 100.00 (shop).")
        #expect(try raise() == 0)
        // The other one of the two, told for itself; the product's own price is the same change.
        try fixture.superuser.execute("delete from jobs")
        try variants("2", two("10.00", "5.00"), two("30.00", "5.50"), price: ("10.00", "30.00"))
        #expect(try raise() == 1)
        #expect(try notes == "Price change: Mug, Red costs 30.00 and no longer 10.00 (shop).")
        #expect(
            try fixture.value("select string_agg(topic, ' ' order by topic) from alerts where topic like 'price%'")
                == "price_change:shop:1:12 price_change:shop:2:11")
    }

    @Test func variantsComeGoAndChangePlaces() throws {
        let (one, other) = (#"{"variant_id": "11", "price": "10.00"}"#, #"{"variant_id": "12", "price": "99.00"}"#)
        // Another is the first now, but none costs anything else.
        try variants("1", "[\(one), \(other)]", "[\(other), \(one)]", price: ("10.00", "99.00"))
        try variants("2", "[\(one)]", "[\(other)]", price: ("10.00", "99.00"))
        #expect(try raise() == 0)
        // The only one needs no name; where the variants have no prices, or were not known, the product's counts.
        try variants("3", "[\(one)]", #"[{"variant_id": "11", "name": "Default Title", "price": "5.00"}]"#)
        try variants("4", #"[{"variant_id": "11"}]"#, #"[{"variant_id": "12"}]"#, price: ("2.00", "3.00"))
        try variants("5", "null", "[\(one)]", price: ("3.00", "10.00"))
        #expect(try raise() == 3)
        #expect(
            try notes == """
                Price change: Mug costs 5.00 and no longer 10.00 (shop).
                Price change: Mug costs 3.00 and no longer 2.00 (shop).
                Price change: Mug costs 10.00 and no longer 3.00 (shop).
                """)
    }

    @Test func manyCausesAreOneMessage() throws {
        for number in 1...30 { try product("\(number)", name: "P\(number)", left: 0, old: "1", new: "1") }
        #expect(try raise() == 30)
        #expect(try fixture.count("jobs") == 1)
        #expect(try notes?.hasSuffix("\nAnd 10 more.") == true)
    }

    @Test func aSourceIsSilentWhenItHasSentSomethingBefore() throws {
        try Filling.record([Filling.recordable("note", "1")], in: fixture.database)
        try fixture.superuser.execute("update events set received_at = received_at - interval '1 day'")
        #expect(try raise() == 1)
        #expect(try notes == "Silent source: nothing has come from shop for 00:10:00.")
        try product("1", name: "Mug", left: 9, old: "1", new: "1")
        try fixture.superuser.execute("delete from alerts")
        #expect(try raise() == 0)
    }

    private func refuse(_ count: Int, ago: String, kind: String = "no_secret_matched") throws {
        _ = try fixture.superuser.query(
            """
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length, unrecorded)
            values (now() - $2::interval, 'shop', $3, 'there is none', 401, '', '', 'POST', '/', '', 0, $1::bigint - 1)
            """, [.bigint(Int64(count)), .text(ago), .text(kind)])
    }

    @Test func aJumpOfSignatureFailuresIsOneAgainstWhatIsUsual() throws {
        try refuse(19, ago: "1 minute")
        try refuse(50, ago: "1 minute", kind: "body_too_large")
        #expect(try raise() == 0)
        try refuse(1, ago: "2 minutes")
        #expect(try raise() == 1)
        #expect(try notes == "Signature failures: 20 of shop were refused within 10 minutes, usually 0.0.")
        // As many as that every ten minutes of the day are no jump.
        try fixture.superuser.execute("delete from alerts")
        try refuse(143 * 5, ago: "3 hours")
        #expect(try raise() == 0)
    }

    private func authorization(_ type: String, provider: String = "tiktok_shop", ago: String) throws {
        _ = try fixture.superuser.query(
            """
            insert into events (id, received_at, source, provider, provider_type, type, shop_id, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body)
            values (nextval('event_ids'), now() - $3::interval, 'shop', $2, '6', $1, '749', 'stored', 'signature', 'test',
                'r', '127.0.0.1', 'POST', '/', '', '[]', '{}')
            """, [.text(type), .text(provider), .text(ago)])
    }

    @Test func anAuthorizationThatEndsIsAlertedUnaskedAndOnce() throws {
        // A spooled one is stored late.
        try authorization("authorization.removed", ago: "30 minutes")
        // A person who leaves an app is no fault.
        try authorization("authorization.removed", provider: "tiktok_developers", ago: "1 minute")
        #expect(try raise(.none) == 1)
        #expect(
            try notes
                == "Authorization removed: shop 749 of shop no longer lets this app in; have it authorized again.")
        #expect(try raise(.none) == 0)
        try fixture.superuser.execute("delete from jobs")
        try authorization("authorization.expiring", ago: "1 minute")
        #expect(try raise(.none) == 1)
        #expect(try notes == "Authorization expiring: shop 749 of shop must be authorized again.")
    }

    @Test func aSourceWithoutAUsableSecretIsAlertedUnasked() throws {
        try refuse(1, ago: "11 minutes", kind: "no_usable_secret")
        #expect(try raise(.none) == 0)
        try refuse(3, ago: "1 minute", kind: "no_usable_secret")
        #expect(try raise(.none) == 1)
        #expect(
            try notes == "No usable secret: 3 deliveries of shop were answered 503 within 10 minutes: there is none.")
        try refuse(2, ago: "1 second", kind: "no_usable_secret")
        #expect(try raise(.none) == 0)
        try fixture.superuser.execute("update alerts set raised_at = now() - interval '25 hours'")
        #expect(try raise(.none) == 1)
    }

    @Test func deliveriesAtWhichPostgresFailedRaiseAnAlertByThemselves() throws {
        try refuse(1, ago: "11 minutes", kind: "not_recorded")
        #expect(try raise(.none) == 0)
        try refuse(3, ago: "1 minute", kind: "not_recorded")
        try fixture.superuser.execute("update refusals set status = 200 where unrecorded = 2")
        try refuse(1, ago: "1 second", kind: "not_recorded")
        #expect(try raise(.none) == 1)
        #expect(
            try notes
                == "Not recorded: Postgres failed at 4 deliveries of shop within 10 minutes, 1 of them answered with an "
                + "error: there is none.")
        #expect(try raise(.none) == 0)
    }

    @Test func notThroughWhatIsBrokenAndLaterWhenItIsBack() throws {
        try product("1", name: "Mug", left: 1, old: "1", new: "1")
        try fixture.superuser.execute(
            "insert into destinations (destination, open_until, reason) values ('s:443', now(), 'refused')")
        #expect(try raise() == 0)
        #expect(try raise(through: [Self.slack, Self.mail]) == 1)
        #expect(try fixture.value("select string_agg(action, ' ') from jobs") == "mail")
        // Mail could not tell it.
        try fixture.superuser.execute("update jobs set state = 2; delete from alerts; delete from destinations")
        #expect(try raise(through: [Self.mail]) == 0)
        #expect(try raise(through: [Self.slack, Self.mail]) == 1)
        // After an hour it has another try.
        try fixture.superuser.execute("update jobs set run_at = now() - interval '2 hours'; delete from alerts")
        #expect(try raise(through: [Self.mail]) == 1)
    }

    @Test func twoRunsThatLookAtOneTimeTellItOnce() throws {
        try product("1", name: "Mug", left: 1, old: "1", new: "1")
        #expect(try raise() == 1)
        #expect(try CauseAlerts.raise(Self.all, through: [Self.slack], on: connection) == 0)
        #expect(try fixture.count("jobs") == 1)
    }

    @Test func aRealRunTellsThem() throws {
        let standIns = try StandIns()
        try product("1", name: "Mug", left: 1, old: "1", new: "1")
        let program = try BatchProgram(
            fixture, url: standIns.url + "/slack/x",
            actions: ["ops: { kind: slack, url: { env: URL_1 }, alerts: true }"],
            more: "alerts: { low_stock: 3 }")
        defer { program.remove() }
        for _ in 0..<2 { #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0)) }
        #expect(try standIns.effects("slack") == ["Low stock: Mug has 1 left (shop).": 1])
    }
}
