import CFastCGI
import Glibc
import Platform

extension RequestHead {
    /// The longest start to accept, in bytes. nginx sends at most 65,535 bytes of parameters; the queue of a unix
    /// socket, in which all of it must fit for the look, takes about 200,000.
    private static let limit = 160 << 10
    /// Enough for nearly every request.
    private static let usualLength = 4_096

    /// Waits until the complete start of a request has arrived, and peeks at it: libfcgi reads it.
    ///
    /// - Parameters:
    ///   - socket: connected, with a read timeout.
    ///   - timeoutMilliseconds: how long all of it may take.
    /// - Returns: whether libfcgi may read it; false if the peer went away or was too slow.
    static func arrives(on socket: Int32, timeoutMilliseconds: Int) -> Bool {
        let deadline = SystemClock.monotonicNanoseconds() + Int64(timeoutMilliseconds) * 1_000_000
        var size = usualLength
        var isLastLook = false
        while true {
            let (verdict, isFull) = look(at: socket, upTo: size)
            guard verdict == .incomplete else { return verdict == .complete }
            if isFull, size < limit {
                size = limit
                continue
            }
            guard !isFull, !isLastLook, SystemClock.monotonicNanoseconds() < deadline else { return false }
            isLastLook = hasHungUp(socket)
        }
    }

    /// The first look waits for the first bytes; nothing at all is malformed.
    private static func look(at socket: Int32, upTo size: Int) -> (Verdict, isFull: Bool) {
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            let count = recv(socket, buffer.baseAddress, size, Int32(MSG_PEEK))
            guard count > 0 else { return (.malformed, false) }
            return (verdict(on: UnsafeRawBufferPointer(rebasing: buffer[..<count])), count == size)
        }
    }

    /// Waits up to a millisecond, less when the peer stops sending. Earlier bytes can still be seen. Rare: a web server
    /// sends the complete start at once.
    private static func hasHungUp(_ socket: Int32) -> Bool {
        // POLLRDHUP of poll(2) is the same bit.
        var watched = pollfd(fd: socket, events: Int16(EPOLLRDHUP.rawValue), revents: 0)
        return poll(&watched, 1, 1) > 0
    }
}
