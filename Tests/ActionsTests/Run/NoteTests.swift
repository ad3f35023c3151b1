import Actions
import Jobs
import JobsSupport
import Platform
import Settings
import TestThreads
import Testing
import Webhooks

/// The action that writes a line into a file.
@Suite(.blocking) struct NoteTests {
    let fixture: JobsFixture
    let file: String

    init() throws {
        fixture = try JobsFixture()
        file = try Files.makeTemporaryFolder() + "/notes"
    }

    private func action(_ text: String = "\"{type} of {order.order_id}\"") throws -> any Action {
        let yaml = """
            database: dbname=x
            actions: { memo: { kind: note, file: "\(file)", text: \(text), backoff: 10ms } }
            """
        let input = SettingsInput(
            variable: { _ in nil },
            readFile: { $0 == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil })
        let settings = try Settings.load(
            path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
        return ActionTable.action(try #require(settings.action(named: "memo")), in: settings)
    }

    @Test func eachJobHasOneLine() throws {
        try fixture.enqueue(3, orders: 3, action: "memo")
        #expect(try fixture.run([action()]).done == 3)
        let lines = try Files.readText(file).lines().sorted()
        #expect(lines == ["1 order.updated of 2", "2 order.updated of 3", "3 order.updated of 1"])
    }

    @Test func anAttemptAfterACrashWritesNothingTwice() throws {
        try fixture.enqueue(1, orders: 1, action: "memo")
        // The worker before it was lost between the line and the end of the job.
        try Files.write(file, text: "1 order.updated of 1\n")
        #expect(try fixture.run([action()]).done == 1)
        #expect(try Files.readText(file) == "1 order.updated of 1\n")
        #expect(try fixture.count("effects") == 0)
    }

    @Test func aFolderThatIsNotThereIsAFailedAttempt() throws {
        try fixture.enqueue(1, orders: 1, action: "memo")
        try Files.remove(Files.parent(file))
        #expect(try fixture.run([action()]) { $0.limit = 1 }.retried == 1)
    }
}
