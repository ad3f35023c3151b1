internal import Glibc
internal import Platform
internal import Synchronization

/// Whether the stack must stop: after a signal, or the end of its owning process.
public final class StopRequest: Sendable {
    private let isSignalled = Atomic<Bool>(false)
    private let parent: Int32?

    /// Starts to handle SIGTERM, SIGINT and SIGHUP. Call it before any other thread starts.
    ///
    /// - Parameter parent: the process whose end also ends the stack; it must be this process's parent.
    /// - Throws: ``StackError`` when no thread can be started.
    public init(parent: Int32?) throws(StackError) {
        self.parent = parent
        let signals: [Signal] = [.terminate, .interrupt, .hangUp]
        Signals.block(signals)
        try StackError.wrap {
            _ = try Thread(name: "signals") {
                while true {
                    _ = Signals.wait(for: signals)
                    self.isSignalled.store(true, ordering: .releasing)
                }
            }
        }
    }

    /// Whether to stop.
    public var isMade: Bool {
        if isSignalled.load(ordering: .acquiring) { return true }
        guard let parent else { return false }
        return getppid() != parent
    }

    /// Ends a start that is under way.
    func check() throws(StackError) {
        if isMade { throw StackError(.failed, "stopped while starting") }
    }
}
