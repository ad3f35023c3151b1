import JobsSupport
import Synchronization
import TestThreads
import Testing

@testable import BatchProcessor
@testable import Jobs

@Suite(.blocking) struct ProgressTests {
    @Test func showsWhatIsDoneAndWhatIsLeft() {
        var report = RunReport()
        #expect(ProgressBar.text(report, left: 0).hasPrefix("[" + String(repeating: "#", count: 30) + "] 0/0"))
        report.done = 4
        report.dead = 1
        #expect(
            ProgressBar.text(report, left: 5)
                == "[###############---------------] 5/10  done 4  skipped 0  retried 0  dead 1")
    }

    @Test func aRunTellsHowFarItIs() throws {
        let fixture = try JobsFixture()
        try fixture.enqueue(50)
        let told = Told()
        _ = try fixture.run([TestAction.ending(.done())]) { options in
            options.limit = 10
            options.progress = { report, left in told.add(report.done + left) }
        }
        #expect(told.all.first == 50)
    }

    private final class Told: Sendable {
        private let values = Mutex<[Int]>([])
        func add(_ value: Int) { values.withLock { $0.append(value) } }
        var all: [Int] { values.withLock { $0 } }
    }
}
