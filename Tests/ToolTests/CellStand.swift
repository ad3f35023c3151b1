import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres
import Webhooks

/// A router with two cells, and orders of a source in each.
struct CellStand {
    static let shared = Result { try CellStand() }

    let folder: String
    let router: String
    let cells: [String]
    /// In the first and in the second cell.
    static let sources = ["shop", "other"]

    init() throws {
        folder = try Files.makeTemporaryFolder()
        router = try SharedCluster.freshDatabase()
        cells = [try SharedCluster.migratedDatabase(), try SharedCluster.migratedDatabase()]
        let sockets = try SharedCluster.get().layout.sockets
        let sourceLines = (Self.sources + ["comer", "goer"]).map {
            "  \($0): { providers: tiktok_shop_guide, paths: [/webhook/\($0)], secrets: [ { env: SECRET } ] }"
        }.joined(separator: "\n")
        try Files.write(
            folder + "/hookledger.yaml",
            text: """
                database:
                  conninfo: "host=\(sockets) dbname=\(router)"
                  cells:
                    \(cells[0]): "host=\(sockets) dbname=\(cells[0])"
                    \(cells[1]): "host=\(sockets) dbname=\(cells[1])"
                sources:
                \(sourceLines)
                actions:
                  ops: { kind: slack, url: { env: SECRET } }
                  moderate: { kind: moderate_comment, api: guide, access_token: { env: SECRET }, base_url: "https://example.com" }
                last_resort: { mail: ops@example.com, from: hl@example.com, after: 5min }
                rules:
                  - { when: { order.status: PAID }, do: [ops] }

                """)
        for arguments in [
            ["migrate", "--router"], ["cells", "add", cells[0]], ["cells", "add", cells[1]],
            ["cells", "move", "shop", cells[0]], ["cells", "move", "other", cells[1]],
        ] {
            let end = try run(arguments)
            guard end.succeeded else { throw StandFailure(description: "\(arguments): \(end.errorText)") }
        }
        for source in Self.sources { for number in 1...2 { try order("\(source)-\(number)", of: source) } }
    }

    /// A writer at the router.
    var writer: LedgerWriter {
        get throws {
            try LedgerWriter(
                conninfo: SharedCluster.get().conninfo(user: "hookledger_ingest", database: router),
                deadline: .seconds(20))
        }
    }

    /// Records an order at the router.
    @discardableResult
    func order(_ name: String, of source: String) throws -> Receipt {
        let body = Guide.body("order_created", order: name, status: "UNPAID", at: 1_764_000_000, total: "9.50")
        return try record(Guide.recordable(body, source: source))
    }

    /// A cell ends a statement after 1.5 s, which is little on a busy machine.
    @discardableResult
    func record(_ delivery: Recordable) throws -> Receipt {
        let writer = try writer
        for _ in 0..<20 {
            if case .success(let receipt)? = writer.record([delivery]).first { return receipt }
            SystemClock.sleep(milliseconds: 500)
        }
        throw StandFailure(description: "nothing was stored")
    }

    struct StandFailure: Error, CustomStringConvertible { let description: String }

    /// - Parameter config: another file than that of the stand.
    func run(_ arguments: [String], cell: String? = nil, config: String? = nil) throws -> ChildOutput {
        var environment = [
            "PATH": Environment.value(of: "PATH") ?? "", "PGUSER": "postgres", "SECRET": Guide.secretText,
            "HOOKLEDGER_CONFIG": config ?? folder + "/hookledger.yaml",
        ]
        environment["HOOKLEDGER_CELL"] = cell
        return try ChildProcess.run(
            ChildCommand([Executable.folder() + "/hookledger"] + arguments, environment: environment),
            timeout: .seconds(120))
    }

    func connect(_ database: String) throws -> Connection {
        try Connection(
            conninfo: SharedCluster.get().conninfo(database: database), applicationName: "test",
            settings: [("search_path", "hookledger")])
    }

    func value(_ sql: String, in database: String) throws -> String? {
        try connect(database).query("select (\(sql))::text").only().optionalText(0)
    }
}
