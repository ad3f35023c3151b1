import Glibc
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

@testable import Jobs
@testable import Ledger

/// All orders in which the steps of three sessions may come, on real SQL with pause points. `make interleavings` takes more
/// points.
@Suite(.blocking) struct InterleavingTests {
    private let superuser: Connection
    private let database: String

    init() throws {
        database = try SharedCluster.migratedDatabase()
        superuser = try LedgerFixture.connection(LedgerFixture.conninfo(database, "postgres"))
    }

    /// Whether all points are taken, which takes minutes.
    private static let isFull = Environment.value(of: "INTERLEAVINGS") == "full"

    private func points(_ few: [String], _ all: [String]) -> [String] { Self.isFull ? all : few }

    /// Plays all schedules of three players, and fails where something is wrong or there was nothing to order.
    private func play(
        _ title: String, _ installed: [Gates.Point],
        _ players: [(role: String, points: [String], work: Player.Work)],
        prepare: (Connection) throws -> Void, judge: ([String], Connection) throws -> [String]
    ) throws {
        try Gates.install(installed, over: superuser)
        let playing = try players.enumerated().map { place, player in
            try Player(
                place, as: LedgerFixture.conninfo(database, player.role), stoppingAt: player.points, player.work)
        }
        defer { for player in playing { player.end() } }
        let conducting = try LedgerFixture.connection(LedgerFixture.conninfo(database, "postgres"))
        let report = try Conductor(playing, over: conducting).playAll(
            prepare: { try prepare(superuser) }, judge: { try judge($0, superuser) })
        for violation in report.violations { Issue.record("\(title): \(violation)") }
        // Without pause points there would be six orders of three sessions.
        #expect(report.schedules > 6)
        print("interleavings: \(title): \(report.schedules) schedules, \(report.violations.count) violations")
    }

    @Test(arguments: RecordStage.Kind.allCases)
    func recordAndRecordAndRetention(_ kind: RecordStage.Kind) throws {
        let stage = try RecordStage(kind)
        let few =
            [RecordStage.Kind.retry: ["receipts"], .order: ["orders"], .shop: ["orders"], .late: ["weeks"]][kind] ?? []
        let stops = points(few, ["weeks", "receipts", "events"])
        try play(
            "record × record × retention (\(kind.rawValue))", Gates.record + Gates.drop,
            [
                ("hookledger_ingest", stops, stage.record(0)), ("hookledger_ingest", stops, stage.record(1)),
                ("hookledger_batch", ["drop"], stage.delete()),
            ], prepare: stage.prepare, judge: stage.violations)
    }

    @Test func claimAndFinishAndRescue() throws {
        let finish = points(["finished"], ["finishing", "finished"])
        try play(
            "claim × finish × rescue", Gates.finish,
            [
                ("hookledger_batch", finish, JobStage.finishLate),
                ("hookledger_batch", points(["rescued"], ["lost", "rescued"]), try JobStage.rescue()),
                (
                    "hookledger_batch", points(["chosen", "claimed"], ["chosen", "claimed", "finished"]),
                    try JobStage.claim()
                ),
            ], prepare: JobStage.prepare, judge: JobStage.violations)
    }

    @Test(arguments: [true, false]) func replayAndDelivery(isAboutOrder: Bool) throws {
        let stage = try ReplayStage(isAboutOrder: isAboutOrder)
        let stops = points(["orders locked"], ["replay begun", "orders locked", "jobs made"])
        try play(
            "replay × replay × delivery (\(isAboutOrder ? "of its order" : "of another"))", Gates.replay + Gates.record,
            [
                ("hookledger_operator", stops, ReplayStage.replay), ("hookledger_operator", stops, ReplayStage.replay),
                ("hookledger_ingest", points(["orders"], ["receipts", "orders", "events"]), stage.record()),
            ], prepare: stage.prepare, judge: stage.violations)
    }

    @Test func exportAndExportAndLateRows() throws {
        let stage = TelemetryStage()
        try superuser.execute(TelemetryStage.gates)
        try play(
            "export × export × late rows", [],
            [
                ("hookledger_batch", points(["sent"], ["leasing", "sent"]), try stage.export(isDying: true)),
                (
                    "hookledger_batch", points(["leasing"], ["leasing", "sent", "moving"]),
                    try stage.export(isDying: false)
                ), ("postgres", ["written"], TelemetryStage.writeLate),
            ], prepare: stage.prepare, judge: stage.violations)
    }
}
