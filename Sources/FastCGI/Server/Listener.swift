import CFastCGI
import Glibc
import Platform

/// The listening socket that the process was started with: file descriptor 0 (FastCGI specification, 2.2).
///
/// It may be shared with other processes (spawn-fcgi -F, systemd), so it is never shut down, only no longer used.
struct Listener: Sendable {
    /// The result of one attempt to accept.
    enum Outcome {
        /// A connection with timeouts; the caller owns the descriptor.
        case connection(Int32)
        /// No connection waits, or another thread or process was faster.
        case nobody
        /// The client gave up before it was accepted; others may wait.
        case gone
        /// No descriptor or memory left in the process or the machine.
        case exhausted(SystemCallError)
        /// The socket is not a listening socket, or no longer one.
        case broken(SystemCallError)
    }

    let descriptor: Int32 = FCGI_LISTENSOCK_FILENO
    private let timeout: timeval

    /// - Parameter timeoutMilliseconds: how long one read or write on an accepted connection may take.
    init(timeoutMilliseconds: Int) throws(SystemCallError) {
        let milliseconds = max(timeoutMilliseconds, 1)
        timeout = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { throw .last("fcntl") }
    }

    /// Accepts one connection; never blocks (accept(2), with its list of errors to handle).
    func accept() -> Outcome {
        let socket = accept4(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
        if socket >= 0 {
            limitWaiting(on: socket)
            return .connection(socket)
        }
        let error = SystemCallError.last("accept4")
        switch error.code {
        case EAGAIN: return .nobody
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted(error)
        case EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP, EFAULT: return .broken(error)
        default: return .gone
        }
    }

    /// SO_RCVTIMEO and SO_SNDTIMEO (socket(7)): a peer that stalls must not hold a worker without limit.
    private func limitWaiting(on socket: Int32) {
        var timeout = timeout
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        _ = setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
    }
}
