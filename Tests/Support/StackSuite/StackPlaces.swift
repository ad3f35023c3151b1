import Platform
import TestThreads
package import Testing

/// Places for stacks: a stack is a Postgres, an nginx and up to seven programs, and dozens of them on two cores would
/// slow each other down. Waiting for a place holds no thread.
package actor StackPlaces {
    package static let shared = StackPlaces(4)

    /// Whether the running test has a place: a second stack in it takes none, or four tests could wait for each other.
    @TaskLocal private static var isTaken = false

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(_ count: Int) {
        free = count
    }

    /// Runs a body, and all tests in it, when there is a place, on threads of ``TestThreads``.
    package static func run<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        if isTaken { return try await body() }
        await shared.take()
        do {
            let result = try await $isTaken.withValue(true) {
                try await withTaskExecutorPreference(TestThreads.stacks) { try await body() }
            }
            await shared.give()
            return result
        } catch {
            await shared.give()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func give() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}

/// A place for all tests of a suite that start stacks by themselves.
package struct PlaceTrait: SuiteTrait, TestScoping {
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await StackPlaces.run(function)
    }
}

extension Trait where Self == PlaceTrait {
    /// The suite's tests start stacks, or block: they run when there is a place.
    package static var place: PlaceTrait { PlaceTrait() }
}
