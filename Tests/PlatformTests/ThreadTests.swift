import Platform
import Testing

@Suite struct ThreadTests {
    @Test func joinWaitsForTheEndAndMayBeCalledAgain() throws {
        let journal = Journal()
        let thread = try Thread(name: "steps") {
            SystemClock.sleep(milliseconds: 30)
            journal.add("body")
        }
        thread.join()
        journal.add("joined")
        thread.join()
        #expect(journal.all == ["body", "joined"])
    }

    @Test(arguments: ["", "worker-1", "exactly-15-byte", "a name that is far too long", "aaaaaaaaaaaaaaż"])
    func anyNameWillDo(name: String) throws {
        let journal = Journal()
        try Thread(name: name) { journal.add("ran") }.join()
        #expect(journal.all == ["ran"])
    }

    @Test func whatTheClosureCapturedIsReleasedAtTheEnd() throws {
        weak var journal: Journal?
        try {
            let captured = Journal()
            journal = captured
            try Thread(name: "captures") { captured.add("ran") }.join()
        }()
        #expect(journal == nil)
    }

    /// A blocked signal waits for the thread that asks for it; nothing else in this process notices.
    @Test func aSignalIsTakenByTheThreadThatWaits() throws {
        let journal = Journal()
        let thread = try Thread(name: "signals") {
            Signals.block([.user1, .hangUp])
            Signals.send(.user1, to: .current)
            journal.add("\(Signals.wait(for: [.hangUp, .user1]))")
        }
        thread.join()
        #expect(journal.all == ["user1"])
    }
}

private final class Journal: Sendable {
    private let lines = Locked<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
