/// The results, as Markdown.
struct BenchResult {
    var machine: Machine
    /// The pictures that go beside the text.
    var charts: [Chart] = []
    /// The processor time of a delivery to the no-op, in microseconds; nil if it was not measured.
    var noOp: Double?
    private(set) var rows: [(what: String, cell: String)] = []
    private var tables: [(title: String, lines: [[String]])] = []
    private var notes: [String] = []
    private var misses: [String] = []

    init(machine: Machine) { self.machine = machine }

    /// A figure of the first table.
    mutating func add(_ what: String, _ value: Double, unit: String = "") {
        rows.append((what, "\(format(value))\(unit)"))
        let pace = noOp.map { $0 / Yardstick.noOp } ?? 1
        if let miss = Yardstick.of(what)?.miss(what, value, unit: unit, pace: pace) { misses.append(miss) }
    }

    mutating func add(turns: [Turns], title: String) {
        add(table: [Turns.headings] + turns.map(\.cells), title: title)
    }

    /// A table with its headings as the first line.
    mutating func add(table: [[String]], title: String) { tables.append((title, table)) }

    mutating func note(_ text: String) { notes.append(text) }

    /// The whole page.
    var text: String {
        """
        # Benchmarks

        Written by `make bench RECORD=1`; do not edit. Ratios come from one run on one machine, with the contenders taking
        turns, and are medians of the rounds; rates hold for this machine only.

        \(picture)\(Self.table(firstTable))

        What misses its budget:

        \(misses.isEmpty ? "- nothing" : misses.map { "- \($0)" }.joined(separator: "\n"))

        The machine:

        \(machine.text)

        \(tables.map { "\($0.title):\n\n" + Self.table($0.lines) }.joined(separator: "\n\n"))

        \(notes.map { "- \($0)" }.joined(separator: "\n"))

        \(Self.method)

        """
    }

    private var firstTable: [[String]] {
        [["what", "measured", "at b6287ea"]]
            + rows.map { [$0.what, $0.cell, Yardstick.of($0.what)?.before ?? "–"] }
    }

    private var picture: String {
        charts.isEmpty ? "" : "![Deliveries a second and their processor time, as bars](benchmarks.svg)\n\n"
    }

    private static func table(_ lines: [[String]]) -> String {
        var text = lines.map { "| " + $0.joined(separator: " | ") + " |" }
        if let columns = lines.first?.count {
            text.insert("|" + String(repeating: "---|", count: columns), at: 1)
        }
        return text.joined(separator: "\n")
    }

    private static let method = """
        How it is measured (`Tests/Bench`):

        - One Postgres for all, durable (fsync on), one nginx with the shipped TLS, limits, log and hook snippet; each
          contender on a port of its own, everything else on unix sockets. Tables are emptied and a checkpoint is made
          before each turn. The first round warms up and does not count.
        - The load client is wrk with one thread, and sends each signed delivery once, except in the turns that repeat.
          It costs every contender the same; its processor time is in the table, and the no-op row shows that it can
          send more than any other row takes.
        - After each turn the rows are counted: receipts, events and jobs are as many as nginx logged answers with 2xx,
          and every order has the status of its last event. At the end repetitions are stored once and forgeries refused.
        - Express, PHP and FastAPI (`Tests/Bench/Contenders`) verify, store receipt, event, order with its lines and job
          in one transaction, and answer after its commit. They write neither log lines nor the history of fields nor
          its clocks, which Hookledger does. Express: cluster mode, named statements, nginx keeps connections to it.
          PHP: opcache, persistent connections, one round trip a statement. FastAPI: uvicorn with uvloop, prepared
          statements, nginx keeps connections to it.
        - The last column of the first table are the figures of commit b6287ea, before the work on speed, recorded on an
          idle machine with another processor: ratios and shares can be compared. Budgets of times and rates are held
          against the no-op: on that machine a delivery to it took 47 µs.
        - A millisecond away: a proxy before Postgres hands every byte on half a millisecond late, each way.
        - Processor time first: rates fall with other work on the machine, ratios of processor time hardly do.
        - CPU µs are processor time from /proc for each answer, which other programs on the machine do not change much.
        - Jobs: the shipped run with an action that has no effect; it loads event and order of every job, asks its
          condition and writes an attempt. pgqueuer has a function that returns at once. http jobs: the shipped program
          posts to an nginx that answers at once, and keeps an effect for each.
        - Starts: from the start of the process until a signed delivery is stored and answered, and until the request of a
          due job arrives. Idle: what `hookledger up` runs, without its supervisor, for more than a minute.
        """
}
