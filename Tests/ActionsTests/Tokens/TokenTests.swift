import Crypto
import JSON
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions
@testable import Jobs

/// Tokens that live: authorized by a person, refreshed by the batch processor, and jobs that wait for one. Real programs and a
/// real Postgres before stand-ins of the authorization servers.
@Suite(.blocking) struct TokenTests {
    let world: TokenWorld

    init() throws { world = try TokenWorld() }

    private static let fetched =
        "select string_agg(order_id, ' ' order by order_id) from orders where not (order_data ->> 'needs_detail')::boolean"
    private static let held = "select count(*) from jobs where state = 3 and hold_reason = 'token'"

    private func state(_ source: String = "tiktok") throws -> String? {
        try world.value("select string_agg(distinct state, ' ') from credential_status where source = '\(source)'")
    }

    private func causes() throws -> [String] {
        let connection = try world.connect()
        return try Causes(settings: .none, holds: .standard, connection: connection).tokenCauses().map(\.text)
    }

    @Test func everyShopOfASellerHasItsOwnCipher() throws {
        let done = try world.authorizeTikTok()
        #expect(done.status == .exited(0), "\(done.errors)")
        #expect(
            try world.value(
                "select string_agg(concat_ws(' ', shop, account, region, currency, state), ', ' order by shop) from "
                    + "credential_status where source = 'tiktok'")
                == "7001 seller-1 GB GBP valid, 7002 seller-1 DE EUR valid")
        // The stand-in gives an order only for the cipher of its shop.
        try world.order("11", in: "7001")
        try world.order("12", in: "7002")
        let batch = try world.batch()
        try world.wait(Self.fetched, for: "11 12")
        world.end(batch)
        #expect(try world.authorizer.count("order") == 2)
        #expect(
            try world.value(
                "select regexp_replace(action || ' ' || subject, '[0-9a-f]{16}$', 'HASH') from operator_log")
                == "credential.authorize credential:tiktok/HASH", "the log names no person's account")
    }

    @Test func aShopWithoutATokenWaitsAndIsReleasedByItself() throws {
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait(Self.held, for: "1")
        try world.wait("select state from credentials where source = 'tiktok'", for: "missing")
        let told = try causes().filter { $0.contains(" tiktok, shop 7001 ") }
        #expect(told.count == 1)
        #expect(told.first?.hasSuffix("1 job is held. Run hookledger authorize tiktok.") == true, "\(told)")
        #expect(try world.value("select sum(held_jobs) from credential_status") == "1")
        #expect(try world.value("select attempt || ' ' || uncounted from jobs") == "0 0", "a hold is no failure")
        // Another shop's token is not used.
        try world.authorizeTikTok(account: "seller-2", [("7002", "DE")])
        SystemClock.sleep(milliseconds: 1500)
        #expect(try world.value(Self.held) == "1")
        try world.authorizeTikTok()
        try world.wait(Self.fetched, for: "11")
        #expect(try world.value("select count(*) from jobs where state in (2, 3)") == "0")
        world.end(batch)
    }

    @Test func twoProcessorsRefreshOnce() throws {
        try world.authorizeTikTok()
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        let both = try ["one", "two"].map { try world.batch($0) }
        try world.wait("select version from credentials where source = 'tiktok'", for: "2")
        SystemClock.sleep(milliseconds: 6000)
        #expect(try world.authorizer.count("refresh") == 1)
        #expect(try state() == "valid")
        for one in both { world.end(one) }
        #expect(
            try world.value("select sum(value) from metrics where name = 'hookledger_token_refreshes_total'") == "1")
        // What is stored is the new token: the API takes it.
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait(Self.fetched, for: "11")
        world.end(batch)
    }

    @Test func aRefusedTokenIsRefreshedAndItsJobsAreReleased() throws {
        try world.authorizeTikTok()
        try world.superuser.execute("update credentials set refreshed_at = now() - interval '1 hour'")
        try world.authorizer.control("expire")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait(Self.fetched, for: "11")
        world.end(batch)
        #expect(try world.authorizer.count("refresh") == 1)
        #expect(try state() == "valid")
        #expect(try world.value("select count(*) from job_attempts where outcome in ('retry', 'dead')") == "0")
    }

    /// A job may be refused before the refresh that is due has its turn.
    @Test(arguments: [("now() - interval '1 s'", true), ("now() + interval '1 day'", false)])
    func aRefusalPutsOffNoRefreshThatIsDue(due: String, isDue: Bool) throws {
        try world.authorizeTikTok()
        try world.superuser.execute("update credentials set refresh_due_at = \(due) where source = 'tiktok'")
        let keys = try world.settings().keys
        guard
            case .found(let token) = try StoredToken.find(
                source: "tiktok", shop: "7001", keys: keys, on: world.connect())
        else {
            Issue.record("there is no token")
            return
        }
        try token.refused("expired", on: world.connect())
        #expect(try state() == "refused")
        #expect(
            try world.value(
                "select (refresh_due_at <= now()) || ' ' || (refresh_due_at <= refreshed_at + interval '5 minutes') "
                    + "from credentials where source = 'tiktok'") == "\(isDue) true")
    }

    @Test func aRefusedRefreshNeedsAPerson() throws {
        try world.authorizeTikTok()
        try world.authorizer.control("revoke")
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait("select state from credentials where source = 'tiktok'", for: "revoked")
        try world.wait(Self.held, for: "1")
        let told = try causes().filter { $0.contains("tiktok,") }
        #expect(
            told.count == 1 && told[0].hasPrefix("Token revoked: tiktok, shop 7001, 7002 cannot ask its API since "))
        #expect(told.first?.hasSuffix("1 job is held. Run hookledger authorize tiktok-shop tiktok.") == true, "\(told)")
        #expect(try world.authorizer.count("refresh") == 1, "a refusal is not asked for again")
        let doctor = try world.tool("doctor", "--json")
        #expect(doctor.text.contains(#""check":"token tiktok","grade":"failed""#), "\(doctor.text)")
        #expect(try world.tool("credentials", "list", "tiktok").status == .exited(1))
        try world.authorizeTikTok()
        try world.wait(Self.fetched, for: "11")
        world.end(batch)
        let list = try world.tool("credentials", "list", "tiktok")
        #expect(list.status == .exited(0) && list.text.contains("Shop 7002") && list.text.contains("EUR"))
    }

    @Test func aKilledRefreshIsTriedAgainAndThenNeedsAPerson() throws {
        try world.authorizeTikTok()
        try world.authorizer.control("fault", ["fault": "lost"])
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        let first = try world.batch("first")
        #expect(try eventually { try world.authorizer.count("refresh") > 0 })
        first.terminate(with: .kill)
        #expect(
            try world.value("select version || ' ' || (leased_until > now()) from credentials where source = 'tiktok'")
                == "1 true")
        let second = try world.batch("second")
        SystemClock.sleep(milliseconds: 1000)
        #expect(try world.authorizer.count("refresh") == 1, "its lease has not ended")
        try world.superuser.execute("update credentials set leased_until = now() where source = 'tiktok'")
        try world.wait("select state from credentials where source = 'tiktok'", for: "revoked")
        #expect(
            try world.value("select reason from credentials where source = 'tiktok'")?
                .hasSuffix("an earlier refresh was interrupted, and its answer is lost") == true)
        #expect(try causes().contains { $0.contains("Run hookledger authorize tiktok-shop tiktok.") })
        world.end(second)
    }

    @Test func aKilledRefreshIsRepeatedWhereTheProviderAllowsIt() throws {
        try world.authorizer.control("grace", ["on": true])
        try world.authorizeTikTok()
        try world.authorizer.control("fault", ["fault": "lost"])
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        let first = try world.batch("first")
        #expect(try eventually { try world.authorizer.count("refresh") > 0 })
        first.terminate(with: .kill)
        try world.superuser.execute("update credentials set leased_until = now() where source = 'tiktok'")
        let second = try world.batch("second")
        try world.wait("select version from credentials where source = 'tiktok'", for: "2")
        #expect(try state() == "valid")
        world.end(second)
    }

    @Test func aServerThatDoesNotAnswerIsAskedAgain() throws {
        try world.authorizeTikTok()
        try world.authorizer.control("fault", ["fault": "error"])
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        let batch = try world.batch()
        try world.wait(
            "select failures > 0 and leased_until is null from credentials where source = 'tiktok'", for: "true")
        #expect(try state() == "valid", "the token has not expired")
        try world.authorizer.control("fault", ["fault": "none"])
        try world.superuser.execute("update credentials set refresh_due_at = now() where source = 'tiktok'")
        try world.wait("select version || ' ' || failures from credentials where source = 'tiktok'", for: "2 0")
        world.end(batch)
    }

    @Test func aShopThatTakesItsPermissionBack() throws {
        try world.authorizeTikTok()
        try world.webhook(6, #"{"message": "deauthorized"}"#, "7002")
        let batch = try world.batch()
        try world.wait("select state from credentials where source = 'tiktok'", for: "revoked")
        let connection = try world.connect()
        let all = try Causes(settings: .none, holds: .standard, connection: connection).found(since: 0).map(\.text)
        #expect(all.filter { $0.contains("tiktok,") || $0.contains("7002") }.count == 1, "one alarm: \(all)")
        try world.order("11", in: "7001")
        try world.wait(Self.held, for: "1")
        // The same event does not revoke the next authorization.
        try world.authorizeTikTok()
        try world.wait(Self.fetched, for: "11")
        SystemClock.sleep(milliseconds: 6000)
        #expect(try state() == "valid")
        world.end(batch)
    }

    @Test func aWarningThatTheAuthorizationEndsHoldsNothing() throws {
        try world.authorizeTikTok()
        try world.webhook(7, #"{"message": "expiring", "expiration_time": "1790000000"}"#, "7001")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait(Self.fetched, for: "11")
        world.end(batch)
        let connection = try world.connect()
        let all = try Causes(settings: .none, holds: .standard, connection: connection).found(since: 0).map(\.text)
        #expect(all.filter { $0.hasPrefix("Authorization expiring: ") }.count == 1, "\(all)")
    }

    @Test func staticTokensNeedNothingOfThis() throws {
        let yaml = world.folder + "/hookledger.yaml"
        let text = try Files.readText(yaml)
        try Files.write(
            yaml,
            text: text.replacingBytes(
                of: "provider: tiktok_shop, base_url",
                with: "provider: tiktok_shop, access_token: { env: SECRET }, app_key: { env: APP_KEY }, "
                    + "app_secret: { env: APP_SECRET }, base_url"))
        try Files.remove(world.folder + "/keys/tokens.key")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        // The stand-in refuses it, so the job is tried again and not held.
        try world.wait("select count(*) from jobs where state = 0 and uncounted > 0", for: "1")
        world.end(batch)
        #expect(try world.value("select count(*) from jobs where state = 3") == "0")
    }
}
