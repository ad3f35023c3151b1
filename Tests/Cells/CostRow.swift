import FaultSupport
import Ledger
import LedgerSupport
import LocalStack
import Platform
import Postgres

/// What a delivery costs Postgres, with four cells behind a router and with one database, in turns.
struct CostRow {
    /// Microseconds of processor time a delivery.
    private(set) var one: [Double] = []
    private(set) var cells: [Double] = []
    private(set) var router: [Double] = []

    /// The sources of the measurement: enough for every cell.
    private static let sources = (0..<64).map { "measured-\($0)" }

    /// Measures.
    init(_ options: FaultOptions, _ installation: Installation) throws {
        let single = try Installation.start("\(installation.folder)/single")
        defer { single.stop() }
        try single.createDatabase("single")
        try installation.run(["migrate", "--database", single.conninfo(database: "single")])
        let toOne = LedgerWriter(
            conninfo: single.conninfo(user: "hookledger_ingest", database: "single"), deadline: .seconds(20))
        let toRouter = LedgerWriter(
            conninfo: installation.router.conninfo(user: "hookledger_ingest", database: Installation.routerName),
            deadline: .seconds(20))
        var number = 0
        // The first round of each makes plans and partitions.
        for round in 0...options.costRounds {
            let deliveries = try (0..<options.costDeliveries).map { place in
                number += 1
                return try Guide.recordable(
                    Guide.body(
                        "order_created", order: "measured-\(number)", status: "UNPAID", at: 1_764_000_000, total: "9.50"
                    ),
                    source: Self.sources[place % Self.sources.count])
            }
            let members = installation.cells.map(\.cluster)
            let before = (PostgresTime.microseconds(of: members), PostgresTime.microseconds(of: [installation.router]))
            try Self.record(deliveries, toRouter, BatchPlan.limit(cells: members.count))
            let after = (PostgresTime.microseconds(of: members), PostgresTime.microseconds(of: [installation.router]))
            let start = PostgresTime.microseconds(of: [single])
            try Self.record(deliveries, toOne, BatchPlan.limit(cells: 0))
            let end = PostgresTime.microseconds(of: [single])
            if round == 0 { continue }
            let count = Double(deliveries.count)
            one.append(Double(end - start) / count)
            cells.append(Double(after.0 - before.0) / count)
            router.append(Double(after.1 - before.1) / count)
        }
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

    private static func record(_ deliveries: [Recordable], _ writer: LedgerWriter, _ batch: Int) throws {
        var rest = deliveries[...]
        while !rest.isEmpty {
            for result in writer.recordOnce(Array(rest.prefix(batch))) { _ = try result.get() }
            rest = rest.dropFirst(batch)
        }
    }

    /// The time in the cells against that of one database: of the sums, as a tick is 10 ms.
    var ratio: Double { cells.reduce(0, +) / max(0.001, one.reduce(0, +)) }

    /// The mean of the rounds.
    static func mean(_ rounds: [Double]) -> Double { rounds.reduce(0, +) / Double(max(1, rounds.count)) }
}
