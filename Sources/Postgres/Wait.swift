internal import Glibc

/// Waiting for a socket, with a deadline.
enum Wait {
    /// Waits until the socket can be read (or written, if asked for) or has failed.
    ///
    /// - Returns: what can be done; nil when the deadline passed first.
    static func ready(
        _ socket: Int32, forWriting: Bool, until end: ContinuousClock.Instant?
    ) -> (read: Bool, write: Bool)? {
        var entry = pollfd(fd: socket, events: Int16(POLLIN | (forWriting ? POLLOUT : 0)), revents: 0)
        while true {
            var milliseconds: Int32 = -1
            if let end {
                let left = ContinuousClock.now.duration(to: end)
                if left <= .zero { return nil }
                // Rounded up: a wait of 0 would turn the last millisecond into a busy loop.
                milliseconds = Int32(clamping: Int64(left / .milliseconds(1)) + 1)
            }
            let count = poll(&entry, 1, milliseconds)
            if count < 0, errno != EINTR { return (true, true) }
            if count > 0 {
                let failed = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
                return (failed || entry.revents & Int16(POLLIN) != 0, failed || entry.revents & Int16(POLLOUT) != 0)
            }
        }
    }

    /// Whether something can be read at once, the end of the stream included.
    static func readable(_ socket: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }
}
