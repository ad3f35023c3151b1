import Crypto
import JSON
import Ledger
import Patience
import Platform
import Postgres
import Settings
import StandIns
import TestThreads
import Testing
import Verification
import Webhooks

@testable import Actions

/// `moderate_comment` without a token of its own deletes with the one that `hookledger authorize` got for the event's source,
/// by both APIs.
@Suite(.blocking) struct CommentTokenTests {
    /// One of the two APIs, with its source and its command.
    struct API: Sendable, CustomTestStringConvertible {
        let source: String
        let provider: String
        let kind: String
        let settings: String
        var testDescription: String { source }
    }

    let world: TokenWorld
    let standIns: StandIns

    init() throws {
        world = try TokenWorld()
        standIns = try StandIns()
    }

    static let apis = [
        API(
            source: "business", provider: "tiktok-business", kind: "tiktok_business",
            settings: "business_id: \"7000\", base_url: \"URL/business\""),
        API(
            source: "comments", provider: "tiktok-developers", kind: "tiktok_developers",
            settings: "api: guide, base_url: \"URL/guide\""),
    ]

    private static let held = "select count(*) from jobs where state = 3 and hold_reason = 'token'"

    private func configure(_ api: API, _ more: String = "") throws {
        let yaml = world.folder + "/hookledger.yaml"
        let settings = api.settings.replacingBytes(of: "URL", with: standIns.url)
        let text = try Files.readText(yaml)
            .replacingBytes(
                of: "rules:\n",
                with: "  moderate: { kind: moderate_comment, \(settings), backoff: 10ms\(more) }\nrules:\n"
                    + "  - { name: moderate, when: { type: comment.created }, do: [moderate] }\n")
        try Files.write(yaml, text: text)
    }

    private func authorize(_ api: API, _ account: String = "7000") throws {
        let done = try world.authorize([api.provider, api.source]) { page in
            let code = try world.authorizer.code(
                api.kind, account: account, redirect: "https://app.example/callback",
                challenge: page.first("code_challenge"))
            return "https://app.example/callback?code=\(code)&state=\(page.first("state") ?? "")"
        }
        #expect(done.status == .exited(0), "\(done.errors)")
    }

    /// The newest access token that was given.
    private func token() throws -> String {
        try #require(try world.authorizer.given().last { $0.hasPrefix("access-") })
    }

    /// Waits until that number of comments is deleted. The API takes the newest token, whenever that is given; a job that was faster
    /// than this test does not wait five minutes for the next refresh.
    private func finish(_ count: Int) throws {
        let areDeleted = try eventually {
            try standIns.takeComments(with: [token()])
            try world.superuser.execute("update credentials set refresh_due_at = now() where state = 'refused'")
            return try world.value("select count(*) from effects where state = 'done'") == "\(count)"
        }
        #expect(areDeleted, "not \(count) comments are deleted")
    }

    /// A comment that is spam, by a verified webhook.
    private func comment(_ id: String, _ api: API) throws {
        let now = SystemClock.now
        let content: JSONValue = [
            "comment_id": .string(id), "video_id": "v1", "text": "free money", "comment_action": "insert",
            "timestamp": .number(JSONNumber(now.seconds)),
        ]
        let body: JSONValue = [
            "client_key": .string(Authorizer.clientID), "event": "comment.update",
            "create_time": .number(JSONNumber(now.seconds)), "user_openid": "7000", "content": .string(content.text),
        ]
        try world.record(body, path: "/webhook/\(api.source)", isBusiness: api.source == "business")
    }

    @Test(arguments: apis) func aCommentIsDeletedWithTheStoredToken(api: API) throws {
        try configure(api)
        try comment("c1", api)
        let batch = try world.batch()
        // Nobody has authorized yet: decided, and not deleted.
        try world.wait(Self.held, for: "1")
        try world.wait("select state from credential_status where source = '\(api.source)'", for: "missing")
        #expect(
            try world.value("select held_jobs from credential_status where source = '\(api.source)'") == "1")
        #expect(try world.value("select moderation from comments") == "delete")
        try authorize(api)
        try finish(1)
        world.end(batch)
        #expect(try standIns.effects("deleted") == ["c1": 1])
        #expect(try world.value("select count(*) from jobs") == "0")
    }

    @Test(arguments: apis) func aRefusedTokenIsRefreshedAndTheCommentDeletedOnce(api: API) throws {
        try configure(api)
        try authorize(api)
        try world.superuser.execute("update credentials set refreshed_at = now() - interval '1 hour'")
        // The provider has ended the token that is stored.
        let old = try token()
        try standIns.takeComments(with: ["another one"])
        try comment("c1", api)
        let batch = try world.batch()
        #expect(try eventually { try token() != old })
        try finish(1)
        world.end(batch)
        #expect(try standIns.effects("deleted") == ["c1": 1])
        #expect(try world.value("select count(*) from job_attempts where outcome = 'dead'") == "0")
    }

    /// Two accounts of an app: each action names its own, and waits for no other.
    @Test func eachAccountHasItsOwnToken() throws {
        let api = Self.apis[0]
        try configure(api)
        try authorize(api, "8000")
        let other = try token()
        try standIns.takeComments(with: [other])
        try comment("c1", api)
        let batch = try world.batch()
        try world.wait(Self.held, for: "1")
        SystemClock.sleep(milliseconds: 1500)
        // It is asked again for a moment when the other account's token is noted.
        try world.wait(Self.held, for: "1")
        #expect(try standIns.effects("deleted").isEmpty)
        try authorize(api, "7000")
        try finish(1)
        // With two accounts, too, a job waits for its own, and is asked again when one of them gets better.
        try world.authorizer.control("revoke", ["account": "7000"])
        try standIns.takeComments(with: [other])
        try world.superuser.execute("update credentials set refresh_due_at = now() where account = '7000'")
        try world.wait("select state from credentials where account = '7000'", for: "revoked")
        try comment("c2", api)
        try world.wait(Self.held, for: "1")
        try authorize(api, "7000")
        try finish(2)
        world.end(batch)
        #expect(try standIns.effects("deleted") == ["c1": 1, "c2": 1])
        #expect(try world.value("select count(*) from jobs where state in (2, 3)") == "0")
    }

    /// The user takes his permission back: his token is no longer used, that of another account is.
    @Test(arguments: apis) func aRemovedAuthorizationRevokesTheTokenAndHoldsJobs(api: API) throws {
        try configure(api)
        try authorize(api)
        try world.superuser.execute("update credentials set authorized_at = now() - interval '1 minute'")
        func remove(_ account: String) throws {
            let body: JSONValue = [
                "client_key": .string(Authorizer.clientID), "event": "authorization.removed",
                "create_time": .number(JSONNumber(SystemClock.now.seconds)), "user_openid": .string(account),
                "content": .string(#"{"reason": 1}"#),
            ]
            try world.record(body, path: "/webhook/\(api.source)", isBusiness: api.source == "business")
        }
        try remove("8000")
        let batch = try world.batch()
        let state = "select state from credentials where account = '7000'"
        try world.wait("select count(*) from batch_runs", for: "1")
        SystemClock.sleep(milliseconds: 1000)
        #expect(try world.value(state) == "valid", "another account's event")
        try remove("7000")
        try world.wait(state, for: "revoked")
        #expect(
            try world.value("select reason from credentials where account = '7000'")?
                .hasPrefix("the permission was revoked at ") == true)
        try comment("c1", api)
        try world.wait(Self.held, for: "1")
        #expect(try standIns.effects("deleted").isEmpty)
        try authorize(api)
        try finish(1)
        world.end(batch)
        #expect(try standIns.effects("deleted") == ["c1": 1])
    }

    @Test func aTokenOfTheEnvironmentStillWorks() throws {
        let api = Self.apis[1]
        try configure(api, ", access_token: { env: SECRET }")
        try standIns.takeComments(with: [#require(world.environment["SECRET"])])
        try Files.remove(world.folder + "/keys/tokens.key")
        try comment("c1", api)
        let batch = try world.batch()
        try world.wait("select count(*) from effects where state = 'done'", for: "1")
        world.end(batch)
        #expect(try standIns.effects("deleted") == ["c1": 1])
    }
}
