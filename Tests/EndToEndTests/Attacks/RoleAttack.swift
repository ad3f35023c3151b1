import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// Part 4: each role can do what it is there for, and no more.
extension Attacks {
    /// Statements that must fail for every role that is named before them.
    private static let statements: [(roles: [String], statement: String)] = [
        (["ingest", "reader", "api", "batch"], "insert into api_tokens default values"),
        (["ingest", "reader"], "select * from events limit 1"),
        (["ingest", "reader"], "select * from api_tokens limit 1"),
        (["ingest", "reader"], "select * from receipts limit 1"),
        (["ingest", "reader"], "select * from refusals limit 1"),
        (["ingest"], "select * from event_list limit 1"),
        (["ingest", "reader", "api"], "select * from run_slots for update"),
        (["ingest", "reader", "api"], "update run_slots set holder = null"),
        (["ingest", "reader", "api", "operator"], "delete from jobs"),
        (["ingest", "reader", "api", "operator"], "delete from events"),
        (["ingest", "reader", "api", "operator"], "update orders set order_data = '{}'"),
        (["ingest", "reader"], "lock table orders in access share mode"),
        (["ingest", "reader", "api", "batch", "operator"], "lock table orders in access exclusive mode"),
        (["ingest", "reader", "api", "batch", "operator"], "create table t (a int)"),
        (["ingest", "reader", "api", "batch", "operator"], "create function f() returns int return 1"),
        (["ingest", "reader", "api", "batch", "operator"], "drop view event_list"),
        (["ingest", "reader", "api", "batch", "operator"], "truncate events"),
        (["ingest", "reader", "api", "batch", "operator"], "select pg_read_file('/etc/passwd')"),
        (["ingest", "reader", "api", "batch", "operator"], "copy (select 1) to program 'true'"),
        (["reader", "api"], "select * from exclusive_work for update"),
    ]

    @Test func noRoleDoesMoreThanItsOwn() async throws {
        try await attack(4, "statements that a role must not be able to run") { count in
            for (roles, statement) in Self.statements {
                for role in roles {
                    let name = "hookledger_\(role)"
                    #expect(try books.lines("select count(*) from pg_roles where rolname = '\(name)'") == ["1"])
                    let output = try StackPsql(stack).run("begin; set local role \(name); \(statement); rollback")
                    count.expect(
                        !output.succeeded
                            && (output.errorText.contains("permission denied")
                                || output.errorText.contains("must be owner")
                                || output.errorText.contains("must be superuser")),
                        "\(role): \(statement): \(output.text)\(output.errorText)")
                }
            }
        }
    }

    /// A reader and the responder's role hold whatever they can; the jobs run on, and no transaction of ours stays open.
    @Test func locksOfOtherRolesHoldUpNoJob() async throws {
        try await attack(4, "jobs while other roles hold every advisory lock and an open transaction") { count in
            let held = """
                select pg_advisory_lock(n) from generate_series(0, 500) as n where n % 2 = {half};
                select pg_advisory_lock(1212958546, n) from generate_series(0, 64) as n where n % 2 = {half};
                begin; select count(*) from pg_class;{more} select pg_sleep(60)
                """
            let holders = try [("reader", " select count(*) from job_list, event_list;"), ("ingest", "")].enumerated()
                .map { half, role in
                    try ChildProcess.spawn(
                        ChildCommand([
                            "psql", "-Xq", "-d", stack.state.database + " options='-c search_path=hookledger'", "-c",
                            "set role hookledger_\(role.0); set statement_timeout = 0; "
                                + held.replacing("{half}", with: "\(half)").replacing("{more}", with: role.1),
                        ]))
                }
            defer { for holder in holders { holder.terminate(with: .kill) } }
            #expect(
                try await books.eventually(
                    "select count(distinct pid) from pg_locks where locktype = 'advisory'", are: ["2"]))
            for number in 0..<20 {
                let order = #"{"order_number":"locked-\#(number)","status":"paid","email":"l@mail.example"}"#
                #expect(try open(order, isSigned: true) == 200)
            }
            let old = """
                select count(*) from pg_stat_activity where usename ~ 'ingest|api|batch' and state <> 'idle'
                and xact_start < now() - interval '2 seconds'
                """
            var done = 0
            _ = try eventually {
                count.expect(try books.count(old) == 0, "a transaction of ours is older than 2 s")
                done = try books.count(
                    "select count(*) from job_log where order_id like 'locked-%' and outcome = 'done'")
                return done == 20
            }
            count.expect(done == 20, "\(done) of 20 jobs were done beside the locks")
        }
    }

    /// Who may replay with changes cannot have a person redacted that the sender did not name.
    @Test func aReplayRedactsNobody() async throws {
        try await attack(4, "replays of privacy requests with a token that may only replay") { count in
            let order = """
                {"id":9901,"admin_graphql_api_id":"gid://shopify/Order/9901","email":"kept@mail.example","line_items":[],\
                "updated_at":"2026-01-01T00:00:00Z","total_price":"10.00","financial_status":"paid"}
                """
            #expect(try shopify("orders/create", order).status == 200)
            let request = #"{"shop_domain":"mine.example","customer":{"id":9902,"email":"none@mail.example"}}"#
            #expect(try shopify("customers/redact", request).status == 200)
            try await settle()
            let tool = StackTool(stack)
            let events = try books.lines(
                "select max(id) from events where source = 'shopify' group by type in ('customer.redact') order by 1")
            func token(_ arguments: [String]) throws -> String {
                let made = try tool.run(["token", "create"] + arguments)
                #expect(made.succeeded, "\(made.errorText)")
                return try #require(made.text.split(separator: "\n").first.map(String.init))
            }
            let replay = try token(["attacker", "--scope", "replay"])
            let other = try token(["neighbour", "--scope", "replay", "--source", "github"])
            for event in events {
                for set in [
                    #"{"customer.email":"kept@mail.example"}"#, #"{"customer":{"email":"kept@mail.example"}}"#,
                    #"{"email":"kept@mail.example","customer":{"id":9901}}"#,
                ] {
                    let body = #"{"reason":"an attack","dry_run":false,"run":"\#(count.tried)","set":\#(set)}"#
                    for token in [replay, other] {
                        let answer = try shop.post(
                            body, [("Authorization", "Bearer " + token)],
                            to: stack.state.url + "/api/v2/events/\(event)/replay")
                        count.expect(
                            answer.status != 200 || token == replay,
                            "a token of another source may replay: \(answer.body)")
                    }
                }
            }
            try await settle()
            count.expect(
                try books.lines("select email from orders where order_id = '9901'") == ["kept@mail.example"],
                "the order was redacted")
        }
    }
}

/// The superuser's psql(1) on a stack, for statements that are to fail.
private struct StackPsql {
    private let psql: Psql

    init(_ stack: LocalStack) { psql = Psql(conninfo: stack.state.database + " options='-c search_path=hookledger'") }

    func run(_ statement: String) throws -> ChildOutput { try psql.run(statement) }
}
