import Crypto
import Ledger
import LocalStack
import Platform
import Postgres
import Settings
import StandIns
import TestThreads
import Testing
import Webhooks

@testable import Actions
@testable import Jobs

/// The key is all that opens a token, and a token opens only in its own place.
@Suite(.blocking) struct TokenKeyTests {
    let world: TokenWorld

    init() throws {
        world = try TokenWorld()
        #expect(try world.authorizeTikTok().status == .exited(0))
    }

    private var key: String { world.folder + "/keys/tokens.key" }
    private static let state = "select state from credentials where source = 'tiktok'"

    private func causes() throws -> [String] {
        let connection = try world.connect()
        return try Causes(settings: .none, holds: .standard, connection: connection).tokenCauses().map(\.text)
    }

    @Test func anotherKeyOrNoneHoldsTheJobsUntilTheRightOneIsThere() throws {
        try Files.rename(key, to: key + ".right")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait(Self.state, for: "unreadable")
        try world.wait("select count(*) from jobs where state = 3 and hold_reason = 'token'", for: "1")
        #expect(try causes().contains { $0.contains("Token unreadable") && $0.contains("does not exist") })
        try world.makeKey()
        let told = try world.tool("credentials", "list", "tiktok", "--json")
        #expect(told.text.contains("unreadable"))
        try Files.rename(key + ".right", to: key)
        try world.wait("select count(*) from orders where not (order_data ->> 'needs_detail')::boolean", for: "1")
        #expect(try world.value(Self.state) == "valid")
        #expect(try world.authorizer.count("order") == 1)
        world.end(batch)
    }

    @Test func aMovedRowOrColumnDoesNotOpen() throws {
        try world.authorizeTikTok(account: "seller-2", [("7003", "FR")])
        let keys = try world.settings().keys
        let connection = try world.connect()
        func find(_ shop: String) throws -> String {
            switch try StoredToken.find(source: "tiktok", shop: shop, keys: keys, on: connection) {
            case .found(let token): "found \(token.cipher != nil)"
            case .absent(let reason): reason
            }
        }
        let moved = "it cannot be decrypted: the row was moved or changed (hookledger authorize, or credentials store)"
        let changes = [
            "update credentials c set access_token = o.access_token from credentials o where c.account = 'seller-1' and o.account = 'seller-2'",
            "update credentials set access_token = refresh_token where account = 'seller-1'",
            "update credential_shops c set cipher = o.cipher from credential_shops o where c.shop = '7001' and o.shop = '7002'",
            "update credential_shops set cipher = set_byte(cipher, 20, get_byte(cipher, 20) # 1) where shop = '7001'",
        ]
        for change in changes {
            #expect(try find("7001") == "found true")
            try world.superuser.execute("create table kept as select * from credentials")
            try world.superuser.execute("create table kept_shops as select * from credential_shops")
            try world.superuser.execute(change)
            #expect(try find("7001") == moved, "\(change)")
            #expect(try world.value("select state from credentials where account = 'seller-1'") == "unreadable")
            try world.superuser.execute("delete from credentials")
            try world.superuser.execute("insert into credentials select * from kept")
            try world.superuser.execute("insert into credential_shops select * from kept_shops")
            try world.superuser.execute("drop table kept, kept_shops")
        }
        #expect(try find("7003") == "found true")
        #expect(try find("7009") == "no shop 7009 of tiktok has authorized the app (hookledger authorize)")
        #expect(
            try find("") == "no shop  of tiktok has authorized the app (hookledger authorize)",
            "it could be any of three")
    }

    @Test func rekeyIsContinuedAndLeavesNothingUnreadable() throws {
        try world.authorizeTikTok(account: "seller-2", [("7003", "FR")])
        try Files.rename(key, to: key + ".old")
        #expect(
            try world.tool("credentials", "rekey", "--from", key + ".old").status == .exited(78), "there is no new key")
        try world.makeKey()
        #expect(
            try world.tool("credentials", "rekey", "--from", key + ".old", "--dry-run").text
                .hasPrefix("2 authorizations would be encrypted"))
        // One that is being refreshed waits; the other is changed.
        try world.superuser.execute(
            "update credentials set leased_until = now() + interval '1 minute' where account = 'seller-2'")
        let first = try world.tool("credentials", "rekey", "--from", key + ".old", "--json")
        #expect(
            first.status == .exited(1) && first.text.contains(#""changed":1"#) && first.text.contains("tiktok/seller-2")
        )
        try world.superuser.execute("update credentials set leased_until = null")
        let second = try world.tool("credentials", "rekey", "--from", key + ".old", "--json")
        #expect(
            second.status == .exited(0) && second.text.contains(#""changed":1"#)
                && second.text.contains(#""current":1"#))
        #expect(try world.value("select count(distinct key_id) from credentials where key_id is not null") == "1")
        try Files.remove(key + ".old")
        try world.order("11", in: "7002")
        try world.order("12", in: "7003")
        let batch = try world.batch()
        try world.wait("select count(*) from orders where not (order_data ->> 'needs_detail')::boolean", for: "2")
        world.end(batch)
        #expect(try world.tool("credentials", "remove", "tiktok", "--account", "seller-2").status == .exited(0))
        #expect(try world.value("select count(*) from credential_shops") == "2")
        #expect(try world.tool("credentials", "remove", "tiktok", "--account", "seller-2").status == .exited(1))
    }

    /// systemd.exec(5), LoadCredential=tokens.key:PATH: the unit's processes find a copy, which they alone can read, in
    /// `$CREDENTIALS_DIRECTORY`.
    @Test func theKeyMayBeACredentialOfSystemd() throws {
        let credentials = world.folder + "/run-credentials"
        try Files.makeFolder(credentials)
        try Files.rename(key, to: credentials + "/tokens.key")
        #expect(try ChildProcess.run(ChildCommand(["chmod", "0400", credentials + "/tokens.key"])).succeeded)
        #expect(try ChildProcess.run(ChildCommand(["chmod", "0500", credentials])).succeeded)
        defer { _ = try? ChildProcess.run(ChildCommand(["chmod", "0700", credentials])) }
        try world.order("11", in: "7001")
        let without = try world.batch("without")
        try world.wait(Self.state, for: "unreadable")
        world.end(without)
        world.more = ["CREDENTIALS_DIRECTORY": credentials]
        let batch = try world.batch()
        try world.wait("select count(*) from orders where not (order_data ->> 'needs_detail')::boolean", for: "1")
        world.end(batch)
        #expect(try world.value(Self.state) == "valid")
        #expect(try world.authorizeTikTok(account: "seller-2", [("7003", "FR")]).status == .exited(0))
        #expect(try world.tool("credentials", "list").status == .exited(1), "other sources have none")
        #expect(try world.tool("doctor", "--json").text.contains(credentials + "/tokens.key"))
    }

    @Test func aKeyThatOthersCanReadIsRefused() throws {
        _ = try ChildProcess.run(ChildCommand(["chmod", "0644", key]))
        let refused = try world.tool("authorize", "tiktok-shop", "tiktok")
        #expect(refused.status == .exited(78) && refused.errors.contains("accessible to every user"))
    }

    /// Codes, tokens and ciphers, in the clear, in base64 or in hexadecimal, are nowhere but with the provider.
    @Test func noSecretIsEverSeen() throws {
        // Refused in all ways, and used.
        try world.authorize(["tiktok-shop", "tiktok"]) { page in
            let code = try world.authorizer.code("tiktok_shop", account: "seller-3", shops: [("7004", "GB")])
            return "https://app.example/cb?code=\(code)&state=wrong"
        }
        let used = try world.authorizer.code("tiktok_shop", account: "seller-3", shops: [("7004", "GB")])
        for _ in 0..<2 {
            try world.authorize(["tiktok-shop", "tiktok"]) { page in
                "https://app.example/cb?code=\(used)&state=\(page.first("state") ?? "")"
            }
        }
        try world.superuser.execute("update credentials set refresh_due_at = now() where account = 'seller-1'")
        try world.order("11", in: "7001")
        let batch = try world.batch()
        try world.wait("select version from credentials where account = 'seller-1'", for: "2")
        try world.wait("select count(*) from orders where not (order_data ->> 'needs_detail')::boolean", for: "1")
        try world.authorizer.control("revoke")
        try world.superuser.execute(
            "update credentials set refresh_due_at = now(), refreshed_at = now() - interval '1 hour' "
                + "where account = 'seller-1'")
        try world.order("12", in: "7002")
        var processes = ""
        for _ in 0..<100 {
            for entry in try Files.list("/proc") where Int(entry) != nil {
                processes += (try? Files.readText("/proc/\(entry)/cmdline")) ?? ""
            }
            SystemClock.sleep(milliseconds: 10)
        }
        try world.wait("select state from credentials where account = 'seller-1'", for: "revoked")
        try world.wait("select count(*) from jobs where state = 3", for: "1")
        _ = try world.tool("credentials", "list", "--json")
        _ = try world.tool("doctor", "--json")
        world.end(batch)
        let secrets = try world.authorizer.given() + [Authorizer.clientSecret]
        #expect(secrets.count >= 12)
        let places = [
            "dump": try world.dump(), "log": try world.log(), "printed": world.printed, "processes": processes,
            "view": try world.value("select json_agg(c) from credential_status c") ?? "",
        ]
        for (name, text) in places {
            for secret in secrets {
                let forms = [secret, Base64.encode(Array(secret.utf8)), Hex.encode(Array(secret.utf8))]
                #expect(!forms.contains { text.contains($0) }, "\(name) has \(secret)")
            }
        }
    }
}
