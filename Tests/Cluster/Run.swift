import FaultSupport
import History
import NetworkHosts
import Patience
import Platform
import Postgres

/// One run: the load, the blows, and the judgement.
struct Run {
    private let options: FaultOptions
    /// The longest time until deliveries are stored again: what Patroni needs with these settings, and a retry of the sender.
    private static let limit = 15.0

    init(_ options: FaultOptions) { self.options = options }

    func perform() throws -> ClusterReport {
        if let reason = Network.reason(needing: ["etcd", "patroni", "haproxy"]) {
            throw RunFailure("not run: \(reason)")
        }
        var report = ClusterReport()
        let begin = instant()
        let stand = try Stand(options)
        try strike(stand, &report)
        let sent = try stand.sender.end(withinSeconds: 120)
        let judgement = Judgement(spools: stand.responders.map(\.spool), destinations: stand.destinations) {
            try stand.databases.connect()
        }
        judgement.waitForWork(seconds: 150, endsLeases: options.isQuick)
        report.history = try judgement.report(sent)
        report.seconds = Int((instant() - begin) / 1_000_000)
        try stand.end()
        if report.isGood { try Files.remove(stand.folder) } else { say("the folder of the run stays: \(stand.folder)") }
        return report
    }

    private func strike(_ stand: Stand, _ report: inout ClusterReport) throws {
        guard eventually(withinSeconds: 30, { stand.sender.hasStored(after: 0) }) else {
            throw RunFailure("nothing was stored before the first blow: see \(stand.folder)")
        }
        say("the load has begun")
        let blows = options.blows
        for (number, blow) in blows.enumerated() {
            try stand.waitUntilWhole(withStandby: blow.hitsDatabase)
            SystemClock.sleep(milliseconds: 500)
            let begin = instant()
            let end = try blow.strike(stand)
            let over = instant()
            let isBack = eventually(withinSeconds: Self.limit * 2) { stand.sender.hasStored(after: over) }
            let outage = stand.sender.longestGap(since: begin)
            report.recoveries.note(blow.kind, recovery: isBack ? outage : nil, hit: true)
            try end()
            say("\(number + 1) of \(blows.count): \(blow.kind): \(isBack ? "\(outage) s" : "no recovery")")
        }
        try stand.waitUntilWhole(withStandby: !options.isQuick)
        // The short form runs on machines that are busy with something else.
        report.isSlow = !options.isQuick && report.recoveries.longest > Self.limit
    }
}
