import FaultSupport
import History
import Patience
import Platform

/// One run: the load, the blows, and the judgement.
struct Run {
    private let options: FaultOptions

    init(_ options: FaultOptions) { self.options = options }

    func perform() throws -> ChaosReport {
        var report = ChaosReport(seed: options.seed)
        let plan = Plan(options, disks: Disks())
        report.skipped = plan.skipped
        if options.isList {
            for (number, blow) in plan.blows.enumerated() { say("\(number + 1) \(blow.kind)") }
            return report
        }
        let begin = instant()
        let stand = try Stand(options)
        do {
            try strike(plan, stand, &report)
            try judge(stand, &report)
        } catch {
            stand.end(keepingFolder: true)
            throw error
        }
        report.seconds = Int((instant() - begin) / 1_000_000)
        stand.end(keepingFolder: !report.isGood)
        return report
    }

    private func strike(_ plan: Plan, _ stand: Stand, _ report: inout ChaosReport) throws {
        guard eventually(withinSeconds: 30, { stand.sender.hasStored(after: 0) }) else {
            throw RunFailure("nothing was stored before the first blow")
        }
        var chance = SplitMix64(seed: options.seed &+ 1)
        var log = ""
        // The short form ends after its time, whatever is left of the list.
        let end = options.isQuick ? instant() + 40_000_000 : .max
        for (number, blow) in plan.blows.enumerated() {
            if instant() > end {
                report.skipped.append("\(plan.blows.count - number) kinds: the short form's time is over")
                break
            }
            SystemClock.sleep(milliseconds: .random(in: 50...400, using: &chance))
            let wall = SystemClock.wallMicroseconds()
            var hit = false
            let patience = instant() + 10_000_000
            while !hit, instant() < patience {
                do { hit = try blow.strike(stand, &chance) } catch {
                    report.troubles.append("\(blow.kind): \(error)")
                    break
                }
                if !hit { SystemClock.sleep(milliseconds: 100) }
            }
            guard hit else {
                report.blows.note(blow.kind, recovery: nil, hit: false)
                continue
            }
            let over = instant()
            log += "\(number + 1) \(blow.kind): from \(wall) to \(SystemClock.wallMicroseconds())\n"
            try Files.write(stand.folder + "/blows", text: log, durable: false)
            let isBack = eventually(withinSeconds: 60) { stand.sender.hasStored(after: over) }
            report.blows.note(blow.kind, recovery: isBack ? Double(instant() - over) / 1_000_000 : nil, hit: true)
            if !options.isQuick, number % 20 == 19 { say("\(number + 1) blows of \(plan.blows.count)") }
        }
    }

    private func judge(_ stand: Stand, _ report: inout ChaosReport) throws {
        stand.settle()
        let sent = try stand.sender.end(withinSeconds: 120)
        let judgement = Judgement(spools: [stand.spool], destinations: stand.destinations) { try stand.pair.connect() }
        judgement.waitForWork(seconds: 150, endsLeases: options.isQuick)
        var history = try judgement.report(sent)
        let windows = stand.asynchronousFailovers.withLock { $0 }
        report.lostByNature = history.excuseLosses { one in
            guard let at = one.acceptedAt else { return false }
            return windows.contains { ($0.lowerBound - 10_000_000...$0.upperBound).contains(at) }
        }
        report.history = history
        let faults = stand.faults.withLock { $0 }
        report.fileFaults = (done: faults.done.count, known: faults.all(stand.shims.programs).count)
    }
}
