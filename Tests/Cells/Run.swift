import FaultSupport
import History
import Ledger
import LocalStack
import Patience
import Platform
import Postgres

/// One run: the cost, the load with the move to six cells and the kills, the deliveries again, and the judgement.
struct Run {
    private let options: FaultOptions
    /// How long a killed cell stays away, in milliseconds.
    private var outage: Int { options.isQuick ? 1500 : 4000 }
    /// How long what waited for a cell that hung is answered for after that was noticed.
    private var calming: Int { options.isQuick ? 500 : 2500 }
    /// The longest time until a cell that is back stores again: the router asks every two seconds, and the cell recovers.
    private static let limit = 15.0

    init(_ options: FaultOptions) { self.options = options }

    func perform() throws -> CellsReport {
        var report = CellsReport(options)
        let begin = instant()
        let folder = try Files.makeTemporaryFolder("hl-cells", mode: 0o711)
        let installation = try Installation(in: folder)
        defer { installation.stop() }
        let lone = Locked<LoneDatabases?>(nil)
        defer { lone.withLock { $0 }?.stop() }
        let made = Locked<CellConfiguration?>(nil)
        try concurrently([true, false]) { isLone in
            if isLone {
                let databases = try LoneDatabases(installation)
                return lone.withLock { $0 = databases }
            }
            try installation.prepare(Stand.first)
            let configuration = try CellConfiguration(installation)
            for name in Stand.first { try installation.add(name, config: configuration.path) }
            made.withLock { $0 = configuration }
        }
        guard let configuration = made.withLock({ $0 }), let single = lone.withLock({ $0 }) else {
            throw RunFailure("no databases: see \(folder)")
        }
        // Before the load, whose traces a Postgres tidies up for minutes.
        report.cost = try CellCost(options, installation, single)
        single.stop()
        if options.isCostOnly {
            try Files.remove(folder)
            return report
        }
        let stand = try Stand(options, configuration)
        defer { stand.stack.stop() }
        guard eventually(withinSeconds: 60, { stand.sender.hasStored(after: 0) }) else {
            throw RunFailure("nothing was stored: see \(folder)")
        }
        say("the load has begun")
        // Before jobs are lost: a slot does not move before the leases of its jobs have ended.
        try grow(stand, &report)
        try kill(stand, &report)
        try hang(stand, &report)
        try repeatAll(stand, &report)
        let sent = try stand.sender.end(withinSeconds: 60)
        let judgement = Judgement(
            spools: [configuration.spool], destinations: configuration.destinations,
            cells: installation.cells.map { cell in { try installation.connect(cell.name) } })
        judgement.waitForWork(seconds: 150, endsLeases: true)
        say("the work is done")
        report.history = try judgement.report(sent)
        stand.stack.stop()
        report.differences = try installation.run(["cells", "check", "--rows", "--config", configuration.path])
        report.seconds = Int((instant() - begin) / 1_000_000)
        if report.isGood { try Files.remove(folder) } else { say("the folder of the run stays: \(folder)") }
        return report
    }

    /// The Postgres of one cell after the other dies.
    private func kill(_ stand: Stand, _ report: inout CellsReport) throws {
        let places = Set(try stand.places().values).sorted()
        for number in 0..<options.count {
            let name = places[number % places.count]
            guard let cluster = stand.installation.server(name) else { continue }
            let others = try stand.paths(besides: name)
            SystemClock.sleep(milliseconds: 300)
            let begin = instant()
            cluster.crash()
            SystemClock.sleep(milliseconds: outage)
            report.shares.append(stand.sender.shareAccepted(since: begin, at: others))
            try cluster.start()
            let back = instant()
            let isBack = eventually(withinSeconds: Self.limit * 2) {
                (try? stand.isStoring(name, since: back)) ?? false
            }
            report.recoveries.note(
                "kill -9 of a cell's Postgres", recovery: isBack ? Double(instant() - back) / 1_000_000 : nil, hit: true
            )
            say(
                "kill \(number + 1) of \(options.count): \(name): others \(CellsReport.percent(report.shares.last ?? 0))"
            )
        }
    }

    /// All processes of one cell stop, and continue: its connections stay open.
    private func hang(_ stand: Stand, _ report: inout CellsReport) throws {
        let places = Set(try stand.places().values).sorted()
        for number in 0..<options.hangs {
            let name = places[number % places.count]
            guard let cluster = stand.installation.server(name) else { continue }
            let others = try stand.paths(besides: name)
            let begin = instant()
            cluster.signal(everyProcess: .stop)
            let isNoticed = eventually(withinSeconds: Self.limit) { (try? stand.isAway(name)) ?? false }
            let noticed = instant()
            report.detections.append(isNoticed ? Double(noticed - begin) / 1_000_000 : .infinity)
            SystemClock.sleep(milliseconds: calming)
            report.unnoticedShares.append(stand.sender.shareAccepted(since: begin, at: others))
            let calm = instant()
            SystemClock.sleep(milliseconds: outage)
            report.hangShares.append(stand.sender.shareAccepted(since: calm, at: others))
            cluster.signal(everyProcess: .resume)
            let back = instant()
            let isBack = eventually(withinSeconds: Self.limit * 2) {
                (try? stand.isStoring(name, since: back)) ?? false
            }
            report.recoveries.note(
                "SIGSTOP of a cell's Postgres", recovery: isBack ? Double(instant() - back) / 1_000_000 : nil, hit: true
            )
            say(
                "hang \(number + 1) of \(options.hangs): \(name): noticed after \(CellsReport.fixed(report.detections.last ?? 0)) s, "
                    + "others \(CellsReport.percent(report.unnoticedShares.last ?? 0)) until then, "
                    + "\(CellsReport.percent(report.hangShares.last ?? 0)) after it")
        }
    }

    /// Two more cells join under load.
    private func grow(_ stand: Stand, _ report: inout CellsReport) throws {
        for name in options.newCells {
            try stand.installation.prepare([name])
            try stand.configuration.write()
            let begin = instant()
            try stand.installation.add(name, config: stand.configuration.path)
            report.joins.append(Double(instant() - begin) / 1_000_000)
        }
        let places = try stand.places()
        report.moved = places.values.filter(options.newCells.contains).count
        SystemClock.sleep(milliseconds: options.isQuick ? 1000 : 5000)
    }

    /// Everything that was answered 2xx is sent again.
    private func repeatAll(_ stand: Stand, _ report: inout CellsReport) throws {
        let sender = stand.sender
        sender.pause()
        guard eventually(withinSeconds: 60, { !sender.isBusy }) else { throw RunFailure("the load did not end") }
        guard
            eventually(
                withinSeconds: 60,
                {
                    ["", "/later"].flatMap { (try? Files.list(stand.configuration.spool + $0)) ?? [] }.allSatisfy {
                        !$0.hasSuffix(".hooks")
                    }
                })
        else { throw RunFailure("the spool was not imported") }
        let before = try stand.events()
        say("\(sender.accepted) deliveries were answered 2xx; they are sent again")
        report.repeated = sender.accepted
        sender.repeatAll()
        SystemClock.sleep(milliseconds: 100)
        guard eventually(withinSeconds: 300, { !sender.isBusy }) else { throw RunFailure("the repetition did not end") }
        report.newEvents = try stand.events() - before
        say("\(report.newEvents) new events")
    }
}
