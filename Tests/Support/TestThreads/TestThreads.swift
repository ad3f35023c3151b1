import Platform
package import Testing

/// Threads for tests that block. Swift's own pool has only as many as the machine has cores, with hundreds of tests
/// queued: a wait of 100 ms there would take a minute.
package final class TestThreads: TaskExecutor {
    /// For tests with stacks of their own, which wait for each other's places.
    package static let stacks = TestThreads(12)
    /// For tests that block on a database, a process or a socket.
    static let blocking = TestThreads(4)

    private let jobs = Monitor([UnownedJob]())

    private init(_ count: Int) {
        for number in 0..<count {
            // A machine with fewer available threads runs the tests with fewer.
            _ = try? Thread(name: "test-\(number)") { self.work() }
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.change { $0.append(job) }
    }

    private func work() {
        while true {
            guard let job = jobs.wait({ $0.isEmpty ? nil : $0.removeFirst() }) else { continue }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// All tests of a suite block: they run on threads of their own, a few at a time.
package struct BlockingTrait: SuiteTrait, TestScoping {
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(TestThreads.blocking) { try await function() }
    }
}

extension Trait where Self == BlockingTrait {
    /// The suite's tests block.
    package static var blocking: BlockingTrait { BlockingTrait() }
}
