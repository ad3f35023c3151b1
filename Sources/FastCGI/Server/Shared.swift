import Platform
import Synchronization

/// The state shared by all workers of a server and its main thread.
final class Shared: Sendable {
    let configuration: ServerConfiguration
    let handler: any RequestHandler
    let notify: @Sendable (ServerNotice) -> Void
    let listener: Listener
    let capacity: Capacity
    let finished: FinishedList
    /// Readable, for good, once the server stops.
    let stopEvent: EventCounter
    private let deadline = Atomic<Int64>(.max)
    /// Workers that have no poller yet. None accepts before all have one: the connections of the first could take every
    /// descriptor.
    let starting = Atomic<Int>(0)
    /// Workers that may still accept and call the handler.
    let accepting = Atomic<Int>(0)
    /// Workers that have not returned.
    let alive = Atomic<Int>(0)

    init(
        _ configuration: ServerConfiguration, _ handler: any RequestHandler,
        _ notify: @escaping @Sendable (ServerNotice) -> Void
    ) throws(ServerError) {
        self.configuration = configuration
        self.handler = handler
        self.notify = notify
        capacity = Capacity(limit: configuration.capacity)
        do throws(SystemCallError) {
            listener = try Listener(timeoutMilliseconds: configuration.receiveTimeout)
        } catch { throw .listener(error) }
        do throws(SystemCallError) {
            finished = try FinishedList()
            stopEvent = try EventCounter()
        } catch { throw .resources(error) }
    }

    /// Makes the workers stop accepting and finish within the drain timeout.
    func stop() {
        let now = SystemClock.monotonicNanoseconds()
        deadline.store(now + Int64(configuration.drainTimeout) * 1_000_000, ordering: .releasing)
        stopEvent.signal()
    }

    var isStopping: Bool { deadline.load(ordering: .acquiring) != .max }

    /// Whether the drain timeout is over.
    var isOverdue: Bool { SystemClock.monotonicNanoseconds() > deadline.load(ordering: .acquiring) }
}
