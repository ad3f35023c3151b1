import FaultSupport
import History
import LocalStack
import NetworkHosts
import Patience
import Platform

/// Two cells of one server each, and one under Patroni on two hosts, whose primary is killed, vanishes, or cannot be reached: failover
/// in place of a restart, and dropped packets in place of a process that stops.
struct HostRun {
    private let options: FaultOptions
    private static let local = ["cell1", "cell2"]
    private static let apart = "cell3"
    /// The longest time until the cell stores again: what Patroni needs, and until the router asks it again.
    private static let limit = 20.0
    private static let programs = ["etcd", "patroni"]

    init(_ options: FaultOptions) { self.options = options }

    /// Why it cannot be run here; nil if it can.
    static var reason: String? { Network.reason(needing: programs) }

    func perform() throws -> HostReport {
        var report = HostReport(isTimed: !options.isQuick)
        let begin = instant()
        let folder = try Files.makeTemporaryFolder("hl-cells", mode: 0o711)
        let network = try Network()
        let etcd = try Etcd(network.host("etcd", 10), in: folder)
        try etcd.start()
        let hosts = try DatabaseHosts(on: network, etcd: etcd, in: folder, database: Self.apart)
        defer { for host in hosts.all.map(\.host) + [etcd.host] { try? host.kill() } }
        let installation = try Installation(in: folder)
        defer { installation.stop() }
        try installation.prepare(Self.local)
        try installation.prepare(Self.apart, at: hosts.conninfo(user: nil, database: Self.apart))
        let configuration = try CellConfiguration(installation)
        for cell in installation.cells { try installation.add(cell.name, config: configuration.path) }
        let stand = try Stand(options, configuration)
        defer { stand.stack.stop() }
        guard eventually(withinSeconds: 60, { (try? stand.isStoring(Self.apart, since: begin)) ?? false }) else {
            throw RunFailure("nothing was stored in \(Self.apart): see \(folder)")
        }
        for _ in 0..<options.hostRounds {
            for blow in HostBlow.all {
                try strike(blow, stand, hosts, &report)
            }
        }
        guard hosts.waitUntilSynchronous() else { throw RunFailure("no synchronous standby at the end: see \(folder)") }
        let sent = try stand.sender.end(withinSeconds: 60)
        let judgement = Judgement(
            spools: [configuration.spool], destinations: configuration.destinations,
            cells: installation.cells.map { cell in { try installation.connect(cell.name) } })
        judgement.waitForWork(seconds: 150, endsLeases: true)
        report.history = try judgement.report(sent)
        report.seconds = Int((instant() - begin) / 1_000_000)
        if report.isGood { try Files.remove(folder) } else { say("the folder of the run stays: \(folder)") }
        return report
    }

    private func strike(_ blow: HostBlow, _ stand: Stand, _ hosts: DatabaseHosts, _ report: inout HostReport) throws {
        guard hosts.waitUntilSynchronous() else { throw RunFailure("no synchronous standby before \(blow.kind)") }
        guard let primary = hosts.primary else { throw RunFailure("there is no primary") }
        let others = try stand.paths(besides: Self.apart)
        SystemClock.sleep(milliseconds: 500)
        let begin = instant()
        let end = try blow.strike(primary, hosts)
        if blow.isSilent {
            let isNoticed = eventually(withinSeconds: Self.limit) { (try? stand.isAway(Self.apart)) ?? false }
            report.detections.append(isNoticed ? Double(instant() - begin) / 1_000_000 : .infinity)
            // What waited for this cell is answered first.
            SystemClock.sleep(milliseconds: 2500)
            report.unnoticedShares.append(stand.sender.shareAccepted(since: begin, at: others))
        }
        var since = begin
        if !blow.hasFailover {
            SystemClock.sleep(milliseconds: 4000)
            try end()
            since = instant()
        }
        let isBack = eventually(withinSeconds: Self.limit * 2) {
            (try? stand.isStoring(Self.apart, since: since + 200_000)) ?? false
        }
        let recovery = Double(instant() - since) / 1_000_000
        report.recoveries.note(blow.kind, recovery: isBack ? recovery : nil, hit: true)
        report.isSlow = report.isSlow || recovery > Self.limit
        report.shares.append(stand.sender.shareAccepted(since: begin, at: others))
        if blow.hasFailover { try end() }
        let share = CellsReport.percent(report.shares.last ?? 1)
        let silence =
            blow.isSilent
            ? ", noticed after \(CellsReport.fixed(report.detections.last ?? 0)) s, until then others "
                + CellsReport.percent(report.unnoticedShares.last ?? 0) : ""
        say("\(blow.kind): \(CellsReport.fixed(recovery)) s, others \(share)\(silence)")
    }
}
