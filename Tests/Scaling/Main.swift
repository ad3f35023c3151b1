import ArgumentParser
import FaultSupport
import Platform

/// Says what a layout of machines takes, from the measured costs of one machine.
@main
struct Scaling: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger-scaling",
        abstract: "Model how many deliveries a layout of machines takes, from the measured costs of one machine.",
        discussion: """
            Without options: checks the model against docs/BENCHMARKS.md and the figures of `make cells`, and prints the tables of docs/scaling.md. \
            With --fronts: one layout. Times are of the processor in docs/BENCHMARKS.md.
            """)

    @Option(help: "The figures of one machine.") var benchmarks = "docs/BENCHMARKS.md"
    @Option(help: "The figures of the cells.") var figures = "docs/scaling.md"
    @Option(help: "Processor time of a router for each delivery, in µs (default: that of the figures).") var router:
        Double?
    @Option(help: "The WAL of a delivery, in kB.") var wal = 3.5
    @Option(help: "MB/s that the disk under a WAL takes with fsync.") var disk = 400.0
    @Option(help: "Time of a flush and of the wake-ups around it, in µs, on the machines of the model.") var flush =
        1000.0
    @Option(help: "Time between a responder's host and Postgres, there and back, in µs.") var roundTrip = 300.0
    @Option(help: "Write the tables into this page, docs/scaling.md.") var record: String?
    @Option(help: "Of one layout: hosts with nginx and responder.") var fronts: Int?
    @Option(help: "Of one layout: cells.") var cells = 1
    @Option(help: "Of one layout: machines of routers; 0: on the hosts of the responders.") var routers = 0
    @Option(help: "Of one layout: cores of each machine.") var cores = 8
    @Option(help: "Of one layout: deliveries a second; without it, as many as it takes.") var rate: Double?

    func validate() throws {
        if let fronts, fronts < 1 { throw ValidationError("--fronts must be at least 1") }
        if cells < 1 || cores < 1 || routers < 0 {
            throw ValidationError("--cells and --cores must be at least 1, --routers at least 0")
        }
        if wal <= 0 || disk <= 0 || router ?? 0 < 0 || flush < 0 || roundTrip < 0 {
            throw ValidationError("a time or size is negative, or 0 where something is needed")
        }
        if let rate, rate <= 0 || rate > 2e6 { throw ValidationError("--rate must be above 0 and at most 2,000,000") }
    }

    func run() throws {
        let check = try Check(text: Files.readText(benchmarks, limit: 1 << 20), path: benchmarks)
        var costs = check.fit.costs
        let cells = try CellCheck(
            text: Files.readText(figures, limit: 1 << 20), path: figures, batch: costs.postgresBatch)
        costs.client = 0
        costs.router = router ?? cells.router
        costs.cell = cells.cell
        costs.flush = flush
        costs.roundTrip = roundTrip
        costs.write = wal / disk * 1000
        if let fronts {
            let layout = Layout(
                fronts: fronts, routers: routers, cells: self.cells, coresOfFront: cores, coresOfRouter: cores,
                coresOfCell: cores)
            print(Forecast(costs: costs).line(layout, rate: rate))
            return
        }
        let text = check.text + "\n" + cells.text + "\n" + Forecast(costs: costs).text
        print(text)
        if let record { try FiguresPage(record, command: "make scaling RECORD=1").record(text) }
    }
}
