import CFastCGI
import Glibc
import Platform

/// An epoll(7) set; every worker has its own. Level-triggered.
struct Poller: ~Copyable {
    private let descriptor: Int32

    init() throws(SystemCallError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .last("epoll_create1") }
    }

    /// Watches a descriptor for input.
    ///
    /// - Parameter exclusive: EPOLLEXCLUSIVE: of the workers that wait for it, the kernel wakes one, not all.
    func add(_ watched: Int32, exclusive: Bool) throws(SystemCallError) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | (exclusive ? EPOLLEXCLUSIVE.rawValue : 0)
        event.data.fd = watched
        guard epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0 else { throw .last("epoll_ctl") }
    }

    /// Stops watching.
    func remove(_ watched: Int32) {
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, watched, nil)
    }

    /// Waits until one of the descriptors has input.
    ///
    /// - Parameter milliseconds: at most this long; nil waits without limit.
    func wait(milliseconds: Int32?) {
        // It does not return which one: a worker checks everything it serves each time it wakes, which is cheaper than
        // keeping account and cannot miss anything.
        var event = epoll_event()
        _ = epoll_wait(descriptor, &event, 1, milliseconds ?? -1)
    }

    deinit { _ = close(descriptor) }
}
