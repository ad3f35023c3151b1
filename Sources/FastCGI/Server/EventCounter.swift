import CFastCGI
import Glibc
import Platform

/// A counter that a thread can wait for in epoll (eventfd(2)). Any thread may use it.
final class EventCounter: Sendable {
    let descriptor: Int32

    init() throws(SystemCallError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else { throw .last("eventfd") }
    }

    /// Makes the descriptor readable for every waiter.
    func signal() {
        // EAGAIN would mean 2^64 unread signals: it is readable then, too.
        _ = eventfd_write(descriptor, 1)
    }

    /// Makes the descriptor unreadable until the next signal.
    func reset() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
    }

    deinit { _ = close(descriptor) }
}
