import JobsSupport
import Platform
import Synchronization
import TestThreads
import Testing

@testable import BatchProcessor
@testable import Jobs

@Suite(.blocking) struct ProgressTests {
    @Test func showsWhatIsDoneAndWhatIsLeft() {
        var report = RunReport()
        let bar = ProgressBar("jobs")
        #expect(bar.text(0, of: 0, note: report.progressNote).hasPrefix("jobs [" + String(repeating: "#", count: 30)))
        report.done = 4
        report.dead = 1
        #expect(
            bar.text(5, of: 10, note: report.progressNote)
                == "jobs [###############...............] 5 of 10  done 4  skipped 0  retried 0  dead 1")
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
