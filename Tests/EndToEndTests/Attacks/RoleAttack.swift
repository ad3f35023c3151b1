import LocalStack
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
}

/// The superuser's psql(1) on a stack, for statements that are to fail.
private struct StackPsql {
    private let psql: Psql

    init(_ stack: LocalStack) { psql = Psql(conninfo: stack.state.database + " options='-c search_path=hookledger'") }

    func run(_ statement: String) throws -> ChildOutput { try psql.run(statement) }
}
