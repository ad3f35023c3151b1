import FaultSupport
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres

/// What a delivery costs Postgres, with four cells behind a router and with one database, in turns; and by what it differs.
struct CellCost {
    /// One database, in batches as a responder makes them.
    let one: CostSide
    /// The same without what cells need in it.
    let before: CostSide
    /// A database that is a cell and has no router.
    let direct: CostSide
    /// Such a cell behind a router of its own, in the same batches.
    let behind: CostSide
    /// The four cells behind their router.
    let cells: CostSide
    let rest: CellRest

    /// The sources of the measurement: enough for every cell.
    private static let sources = (0..<64).map { "measured-\($0)" }

    /// Measures.
    /// - Parameter lone: what the cells are measured against.
    init(_ options: FaultOptions, _ installation: Installation, _ lone: LoneDatabases) throws {
        let (role, small) = ("hookledger_ingest", BatchPlan.limit(cells: 0))
        let router = installation.router
        let members = installation.servers
        func side(_ server: PostgresCluster, _ database: String) -> CostSide {
            CostSide(server.conninfo(user: role, database: database), batch: small, servers: [server])
        }
        one = side(lone.server, lone.plain)
        before = side(lone.server, lone.before)
        direct = side(lone.cellServer, lone.direct)
        behind = CostSide(
            router.conninfo(user: role, database: lone.router), batch: small, servers: [lone.cellServer], router: router
        )
        cells = CostSide(
            router.conninfo(user: role, database: Installation.routerName),
            batch: BatchPlan.limit(cells: members.count), servers: members, router: router)
        let sides = [one, before, direct, behind, cells]
        // The first rounds of each make plans and partitions, and touch memory for the first time.
        for round in 0..<options.costWarmUp + options.costRounds {
            let count = options.costDeliveries * members.count
            let deliveries = try Self.deliveries(round * count, count)
            // Each is the first as often as the others.
            for turn in sides.indices {
                let side = sides[(turn + round) % sides.count]
                // Each database stores as much as another one, in parts of the same size.
                try side.record(
                    side === cells ? deliveries : Array(deliveries.prefix(options.costDeliveries)),
                    counts: round >= options.costWarmUp)
            }
        }
        rest = try CellRest(options, installation, one: lone.server)
        // They are of no sender, so the judgement would not know them.
        for cell in installation.cells {
            try installation.connect(cell.name).execute(
                """
                do $$ begin
                    execute (select 'truncate ' || string_agg(name, ', ') || ' cascade' from slot_tables());
                end $$
                """)
        }
    }

    private static func deliveries(_ first: Int, _ count: Int) throws -> [Recordable] {
        try (first..<first + count).map { number in
            try Guide.recordable(
                Guide.body(
                    "order_created", order: "measured-\(number)", status: "UNPAID", at: 1_764_000_000, total: "9.50"),
                source: sources[number % sources.count])
        }
    }

    /// The time in the cells against that of one database.
    var ratio: Double { cells.ratio(to: one) }

    /// One database against the same without what cells need in it, by the deliveries that a processor stores in a second.
    var share: Double { before.ratio(to: one) }

    /// The budgets that are missed, and by how much. That is no fault: a promise is broken by a delivery.
    var missed: [String] {
        let budgets = [
            ("four cells cost", ratio, 1.15, "of one database"),
            ("the router takes", cells.routing, 75, "µs for a delivery"),
            ("without what cells need, one database would store", 1 / max(0.001, share), 1 / 0.97, "of its rate"),
        ]
        return budgets.filter { $0.1 > $0.2 }.map { name, value, budget, unit in
            "\(name) \(CellsReport.fixed(value)) \(unit): missed by \(CellsReport.percent(value / budget - 1))"
        }
    }
}
