import JSON
import Ledger
import Platform
import Postgres
import TestThreads
import Testing
import Webhooks

@testable import API

/// Who may do what, on every route of the document.
@Suite(.blocking) struct AccessTests {
    let fixture: APIFixture
    let operations: [OpenAPIDocument.Operation]

    init() throws {
        fixture = try APIFixture()
        operations = try OpenAPIDocument().operations.filter { $0.scope != "none" }
    }

    private func ask(_ operation: OpenAPIDocument.Operation, _ token: String?, header: String? = nil) -> Answer {
        fixture.answer(
            fixture.request(
                operation.method, operation.path.replacing("{id}", with: "1").replacing("{shop}", with: "s"),
                token: token, body: operation.method == "POST" ? "{}" : "",
                headers: header.map { [("authorization", $0)] } ?? []))
    }

    private func expectChallenge(_ answer: Answer, _ status: Int, _ what: String) throws {
        #expect(answer.status == status, "\(what)")
        #expect(answer.header("content-type") == "application/problem+json", "\(what)")
        #expect(answer.header("www-authenticate")?.hasPrefix("Bearer realm=") == true, "\(what)")
        #expect(try answer.json()["status"]?.integer == Int64(status), "\(what)")
    }

    @Test func withoutATokenNothingIsAnswered() throws {
        #expect(operations.count >= 32)
        for operation in operations {
            try expectChallenge(ask(operation, nil), 401, "\(operation)")
            for header in [
                "Bearer", "Bearer ", "Basic dTpw", "hl_x", "Bearer hl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            ] {
                try expectChallenge(ask(operation, nil, header: header), 401, "\(operation) \(header)")
            }
        }
    }

    @Test func expiredRevokedAndChangedTokensAreRefused() throws {
        let expired = try fixture.token(.admin, "expired", expires: APIFixture.now.advanced(bySeconds: -1))
        let revoked = try fixture.token(.admin, "revoked")
        let operatorRole = try APIFixture.connect(fixture.database, "hookledger_operator")
        #expect(try APITokens.revoke("revoked", on: operatorRole))
        #expect(try !APITokens.revoke("revoked", on: operatorRole))
        let changed = String(try fixture.token(.admin, "changed").dropLast()) + "!"
        for operation in operations {
            for token in [expired, revoked, changed] { try expectChallenge(ask(operation, token), 401, "\(operation)") }
        }
    }

    @Test func everyScopeReachesAsFarAsTheDocumentSays() throws {
        let tokens = try APITokens.Scope.allCases.map { ($0, try fixture.token($0)) }
        for operation in operations {
            let needed = try #require(APITokens.Scope(rawValue: operation.scope))
            for (scope, token) in tokens {
                let answer = ask(operation, token)
                if scope.implied.contains(needed) {
                    #expect(![401, 403, 500].contains(answer.status), "\(operation) \(scope): \(answer.text)")
                } else {
                    try expectChallenge(answer, 403, "\(operation) \(scope)")
                }
            }
        }
    }

    @Test func aTokenIsStoredAsItsHashAndItsUseIsNoted() throws {
        let token = try fixture.token(.read)
        #expect(token.hasPrefix("hl_") && token.utf8.count == 46)
        let stored = "select count(*) from api_tokens where api_tokens::text like '%' || $1::text || '%'"
        #expect(try fixture.superuser.query(stored, [.text(token)]).only().int(0) == 0)
        let unused = "select count(*) from api_tokens where last_used_at is null"
        #expect(try fixture.superuser.query(unused).only().int(0) == 1)
        let session = try fixture.get("/api/v2/session", token: token)
        #expect(session["scopes"] == ["read"] && session["token"] == "read" && session["anonymous"] == false)
        #expect(try fixture.superuser.query(unused).only().int(0) == 0)
        #expect(throws: PostgresError.self) { try fixture.token(.read) }
    }

    @Test func whoMayReadWithoutAToken() throws {
        let open = try APIFixture("api: { anonymous_read: loopback }\nenvironment: development")
        func status(_ request: Delivery) -> Int { open.answer(request).status }
        #expect(status(open.request("GET", "/api/v2/session")) == 200)
        #expect(status(open.request("GET", "/api/v2/session", host: "[::1]:8443", from: "::1")) == 200)
        // Another machine; a tunnel or a proxy on this one; a name that was rebound to this one.
        #expect(status(open.request("GET", "/api/v2/session", from: "192.0.2.1")) == 401)
        #expect(status(open.request("GET", "/api/v2/session", host: "abc.ngrok.io")) == 401)
        for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
            #expect(status(open.request("GET", "/api/v2/session", headers: [(header, "192.0.2.1")])) == 401)
        }
        // Reading only, and a wrong token is wrong.
        #expect(status(open.request("POST", "/api/v2/replay", body: "{}")) == 401)
        #expect(status(open.request("GET", "/api/v2/operator-log")) == 401)
        #expect(status(open.request("GET", "/api/v2/session", token: "hl_wrong")) == 401)
        #expect(fixture.answer(fixture.request("GET", "/api/v2/session")).status == 401)
    }

    @Test func theRoleHasNoRightsOnTokensCountersAndWrites() throws {
        for sql in [
            "select * from api_tokens", "select * from metrics", "select * from receipts", "delete from jobs",
            "update comments set moderation = 'allow'",
            "insert into jobs (action, kind, rule, event_id, event_received_at) values ('a', 'b', 'c', 1, now())",
            "delete from events",
            "delete from operator_log", "select choose_dead_letters('{}', null, null, null, null, null, 1)",
        ] {
            let error = #expect(throws: PostgresError.self, "\(sql)") { try fixture.connection.execute(sql) }
            #expect(error?.state == .insufficientPrivilege, "\(sql)")
        }
    }
}
