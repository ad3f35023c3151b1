import Platform
import TestThreads
package import Testing

/// Places for stacks: a stack is a Postgres, an nginx and up to seven programs, and dozens of them on two cores would
/// slow each other down. Waiting for a place holds no thread.
package actor StackPlaces {
    package static let shared = StackPlaces(4)

    /// Whether the running test has a place: a second stack in it takes none, or four tests could wait for each other.
    @TaskLocal private static var isTaken = false

    private let count: Int
    private var free: Int
    private var waiting: [(places: Int, turn: CheckedContinuation<Void, Never>)] = []

    private init(_ count: Int) {
        (self.count, free) = (count, count)
    }

    /// Runs a body, and all tests in it, when there is a place, on threads of ``TestThreads``.
    /// - Parameter isAlone: whether it waits for all places, so that no other stack runs beside it.
    package static func run<T: Sendable>(
        isAlone: Bool = false, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        if isTaken { return try await body() }
        let places = isAlone ? shared.count : 1
        await shared.take(places)
        do {
            let result = try await $isTaken.withValue(true) {
                try await withTaskExecutorPreference(TestThreads.stacks) { try await body() }
            }
            await shared.give(places)
            return result
        } catch {
            await shared.give(places)
            throw error
        }
    }

    private func take(_ places: Int) async {
        if waiting.isEmpty, free >= places {
            free -= places
        } else {
            await withCheckedContinuation { waiting.append((places, $0)) }
        }
    }

    /// The first that waits goes first, also when it needs more than is free: those behind it would starve it.
    private func give(_ places: Int) {
        free += places
        while let first = waiting.first, free >= first.places {
            free -= first.places
            waiting.removeFirst().turn.resume()
        }
    }
}

/// Places for a suite's tests that start stacks by themselves: one for each test, or all of them for the whole suite.
package struct PlaceTrait: SuiteTrait, TestTrait, TestScoping {
    let isAlone: Bool

    /// The tests of a suite run beside each other: one place for all of them would be no bound.
    package var isRecursive: Bool { !isAlone }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await StackPlaces.run(isAlone: isAlone, function)
    }
}

extension Trait where Self == PlaceTrait {
    /// The suite's tests start stacks, or block: each runs when there is a place.
    package static var place: PlaceTrait { PlaceTrait(isAlone: false) }

    /// The suite's tests depend on deadlines of the programs: they run while no other stack does. They are serialized, too.
    package static var alone: PlaceTrait { PlaceTrait(isAlone: true) }
}
