import HTTPReceiver
import JSON
import LocalStack
import Platform
import Postgres
import Settings
import StackSuite
import Testing
import Webhooks

@testable import Tool

/// `hookledger watch` notifies people of what the batch processor cannot report.
@Suite(.place) struct WatchTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private func look(
        _ memory: inout WatchMemory, _ topics: [String], at seconds: Int64
    ) -> [String] {
        memory.look(
            topics.map { WatchProblem(topic: $0, text: "\($0)!") }, at: Self.now.advanced(bySeconds: seconds),
            after: .seconds(120), again: .seconds(3600))
    }

    @Test func aProblemIsReportedOnceItLastsAgainLaterAndWhenItIsOver() {
        var memory = WatchMemory()
        #expect(look(&memory, ["a"], at: 0).isEmpty)
        #expect(look(&memory, ["a"], at: 60).isEmpty)
        #expect(look(&memory, ["a"], at: 120) == ["a!"])
        #expect(look(&memory, ["a", "b"], at: 180).isEmpty)
        #expect(look(&memory, ["a", "b"], at: 300) == ["b!"])
        memory = WatchMemory(memory.json)
        #expect(look(&memory, ["a", "b"], at: 3720) == ["a!"])
        #expect(look(&memory, ["b"], at: 3800) == ["Over: a."])
        #expect(look(&memory, [], at: 3860) == ["Over: b."])
        #expect(memory == WatchMemory())
    }

    /// Postgres is away: whether the batch processor reports is unknown.
    @Test func whatCannotBeSeenIsNotOver() {
        var memory = WatchMemory()
        func look(_ topics: [String], unseen: Set<String> = [], at seconds: Int64) -> [String] {
            memory.look(
                topics.map { WatchProblem(topic: $0, text: "\($0)!") }, unseen: unseen,
                at: Self.now.advanced(bySeconds: seconds), after: .seconds(0), again: .seconds(3600))
        }
        #expect(look(["batch"], at: 0) == ["batch!"])
        #expect(look(["database"], unseen: ["batch"], at: 60) == ["database!"])
        #expect(look(["batch"], at: 120) == ["Over: database."])
        #expect(look(["database"], unseen: ["batch"], at: 180) == ["database!"])
        #expect(look([], at: 240) == ["Over: batch.", "Over: database."])
    }

    /// What was not yet sent needs no end, and a clock that was set back silences nothing.
    @Test func aShortProblemAndAClockThatStepsBack() {
        var memory = WatchMemory()
        #expect(look(&memory, ["a"], at: 0).isEmpty)
        #expect(look(&memory, [], at: 60).isEmpty)
        #expect(look(&memory, ["a"], at: 100_000).isEmpty)
        #expect(look(&memory, ["a"], at: 100_120) == ["a!"])
        #expect(look(&memory, ["a"], at: 0).isEmpty)
        #expect(look(&memory, ["a"], at: 120) == ["a!"])
    }

    @Test(arguments: [nil, 181, 18_000, -181] as [Int64?]) func aProgramThatDoesNotReport(_ seconds: Int64?) {
        #expect(WatchLook.silent("batch processor", seconds, "look") != nil)
        #expect(WatchLook.silent("batch processor", 180, "look") == nil)
        #expect(WatchLook.silent("batch processor", -180, "look") == nil)
    }

    /// The rest of the file may be wrong in any way.
    @Test(arguments: [
        "actions: { a: { kind: slak } }", "sources: [", "\t- x: {", "nonsense: 1", "log: { level: loud }",
    ])
    func theSectionIsReadWhateverTheRestSays(_ rest: String) throws {
        for order in [[rest, Self.section], [Self.section, rest]] {
            let (found, problems) = LastResort.load(path: "/c", from: Self.input(order.joined(separator: "\n")))
            guard case .mail(let to, let from, _)? = found?.way else {
                Issue.record("\(problems)")
                continue
            }
            #expect(to == "ops@example.com" && from == "hl@example.com" && problems.isEmpty)
        }
    }

    private static let section = "last_resort:\n  mail: ops@example.com\n  from: hl@example.com\n\n  after: 5min"

    private static func input(_ text: String) -> SettingsInput {
        SettingsInput(
            variable: { _ in nil }, readFile: { $0 == "/c" ? .bytes(Array(text.utf8)) : .absent },
            fileMode: { _ in nil })
    }

    @Test(arguments: [
        "last_resort: { mail: a@b.test, webhook: { env: X } }", "last_resort: {}", "last_resort: { mail: nobody }",
        "last_resort: { mail: \"-oQ/tmp@x\" }", "last_resort: { mail: a@b.test, sendmail: sendmail }",
        "last_resort: { webhook: \"https://hooks.example.com/secret\" }", "last_resort: { maill: a@b.test }",
    ]) func aMistakeInTheSectionIsReported(_ text: String) {
        let (found, problems) = LastResort.load(path: "/c", from: Self.input(text))
        #expect(!problems.isEmpty)
        #expect(found == nil || text.contains("maill"))
    }

    /// The real program, with a database in which nothing has reported for five hours.
    @Test func peopleAreNotifiedByAWebhookAndBySendmail() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let database = try SharedCluster.migratedDatabase()
        let cluster = try SharedCluster.get()
        let owner = try Connection(
            conninfo: cluster.conninfo(database: database), applicationName: "test",
            settings: [("search_path", "hookledger")])
        try owner.execute("insert into heartbeats values (true, now() - interval '5 hours'), (false, now())")
        let receiver = try Receiver { _, _ in .answer(200) }
        let config = folder + "/hookledger.yaml"
        let mail = folder + "/sendmail"
        try Files.write(mail, text: "#!/bin/sh\necho \"$@\" >>\(folder)/mails\ncat >>\(folder)/mails\n", mode: 0o755)

        func watch(
            _ way: String, _ more: [String] = [], broken: String = "", after: String = "0s", named: String? = nil
        ) throws -> ChildOutput {
            try Files.write(
                config,
                text: """
                    database: { conninfo: "\(cluster.conninfo(user: "hookledger_batch", database: named ?? database))" }
                    \(broken)
                    last_resort: { \(way), after: \(after) }
                    """)
            return try ChildProcess.run(
                ChildCommand(
                    [Executable.folder() + "/hookledger", "watch", "--config", config]
                        + (more.contains("--state") ? [] : ["--state", folder + "/state"]) + more,
                    environment: ["LAST_RESORT_URL": receiver.url]))
        }
        let webhook = "webhook: { env: LAST_RESORT_URL }"
        try Files.write(folder + "/generation", text: "0\n")
        let first = try watch(webhook)
        #expect(first.succeeded && receiver.heads.count == 1, "\(first.errorText)")
        #expect(first.errorText.contains("The batch processor has not reported for 300 minutes"))
        #expect(!first.errorText.contains("responder"))
        // Once.
        #expect(try watch(webhook).succeeded && receiver.heads.count == 1)
        // It is not over because the database cannot be asked.
        let away = try watch(webhook, named: database + "_away")
        #expect(away.succeeded && receiver.heads.count == 2 && away.errorText.contains("Postgres cannot be asked"))
        #expect(!receiver.taken.contains { $0.contains("Over: batch processor") })
        // Even if no program starts with the rest of the file.
        let second = try watch("mail: ops@example.com, sendmail: \(mail)", broken: "sources: { shop: { providers: [ }")
        #expect(second.succeeded, "\(second.errorText)")
        let sent = try Files.readText(folder + "/mails")
        #expect(sent.contains("-i -f ops@example.com -- ops@example.com"))
        #expect(sent.contains("To: <ops@example.com>") && sent.contains("The configuration has"))
        // On a full disk nothing can be kept, so no problem lasts: it is sent at once.
        let full = try watch(
            "mail: ops@example.com, sendmail: \(mail)", ["--state", folder + "/mails/state"], after: "1h")
        #expect(full.status == .exited(70))
        #expect(try Files.readText(folder + "/mails").contains("has not reported for 300 minutes"))
        // Jobs that are held: the batch processor sends no alert of it.
        let state = ["--state", folder + "/another-state"]
        try Files.remove(folder + "/generation")
        #expect(try watch("mail: ops@example.com, sendmail: \(mail)", state).succeeded)
        #expect(try Files.readText(folder + "/mails").contains("no generation file"))
        try Files.write(folder + "/generation", text: "")
        #expect(try watch("mail: ops@example.com, sendmail: \(mail)", ["--state", folder + "/second"]).succeeded)
        #expect(try Files.readText(folder + "/mails").contains("does not hold a number"))
        try owner.execute("select hold_restored('It was restored.', null, null)")
        #expect(try watch("mail: ops@example.com, sendmail: \(mail)", ["--state", folder + "/third"]).succeeded)
        #expect(try Files.readText(folder + "/mails").contains("It was restored. All jobs are held"))
        // The unit that failed, at once.
        #expect(
            try watch(webhook, ["--failed", "hookledger-responder.service"]).succeeded && receiver.heads.count == 3)
        // Nobody can be notified: that is an error.
        #expect(try watch("mail: a@b.test, sendmail: /bin/false", ["--failed", "x"]).status == .exited(70))
        try Files.write(config, text: "database: dbname=x")
        let none = try ChildProcess.run(
            ChildCommand([Executable.folder() + "/hookledger", "watch", "--config", config]))
        #expect(none.status == .exited(78))
    }
}
