import Patience
import Platform
import Testing

struct MonitorTests {
    @Test func waitingEndsWhenTheTimeIsOver() {
        let monitor = Monitor(0)
        #expect(monitor.wait(timeout: .milliseconds(5)) { $0 > 0 ? $0 : nil } == nil)
    }

    @Test func whatIsThereIsTakenAtOnce() {
        let monitor = Monitor([1, 2])
        #expect(monitor.wait { $0.popLast() } == 2)
        #expect(monitor.withLock { $0 } == [1])
    }

    @Test func aChangeWakesTheOneThatWaits() async {
        let monitor = Monitor(0)
        async let seen = Task.detached { monitor.wait(timeout: .seconds(patience)) { $0 == 3 ? $0 : nil } }.value
        for _ in 0..<3 { monitor.change { $0 += 1 } }
        #expect(await seen == 3)
    }
}
