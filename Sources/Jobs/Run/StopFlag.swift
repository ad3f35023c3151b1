import Synchronization

/// Raised once, from any thread, to end a run: SIGTERM does it.
public final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    /// A flag that is not raised.
    public init() {}

    /// Ends the run that watches this flag: it claims no more, hands back what has not begun, and finishes the rest.
    public func raise() { raised.store(true, ordering: .releasing) }

    /// Whether it was raised.
    public var isRaised: Bool { raised.load(ordering: .acquiring) }
}
