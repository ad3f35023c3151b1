import Platform

/// Requests that were answered after their handler had returned, and wait for a worker that writes the answer.
final class FinishedList: Sendable {
    private let waiting = Locked<[(Connection, Response)]>([])
    private let counter: EventCounter

    /// Readable while the list may be non-empty.
    var descriptor: Int32 { counter.descriptor }

    init() throws(SystemCallError) {
        counter = try EventCounter()
    }

    /// Hands a connection over, from any thread.
    func append(_ connection: Connection, _ response: Response) {
        let wasEmpty = waiting.withLock { waiting -> Bool in
            waiting.append((connection, response))
            return waiting.count == 1
        }
        // A non-empty list is already signalled, and is taken as a whole.
        if wasEmpty { counter.signal() }
    }

    /// Takes everything; the caller writes the answers.
    func takeAll() -> [(Connection, Response)] {
        // Reset first: a later append signals again.
        counter.reset()
        return waiting.withLock { waiting in
            let taken = waiting
            waiting = []
            return taken
        }
    }

    /// Whether the list was empty a moment ago; cheaper than taking.
    var isEmpty: Bool { waiting.withLock { $0.isEmpty } }
}
