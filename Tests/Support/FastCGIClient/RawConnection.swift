import Glibc

/// A connection to a FastCGI socket that sends arbitrary bytes.
public final class RawConnection: Sendable {
    /// What can go wrong, with errno(3).
    public enum Failure: Error {
        /// No connection.
        case connect(Int32)
        /// The path is longer than a socket address takes.
        case pathTooLong
        /// Nothing arrived, and the connection stayed open, for the full timeout.
        case timeout
    }

    private let descriptor: Int32

    /// Connects to a unix socket.
    ///
    /// - Parameter timeoutSeconds: how long one read or write may take.
    public init(socket path: String, timeoutSeconds: Int = 20) throws(Failure) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .pathTooLong }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .connect(errno) }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // All properties are set: `deinit` runs and closes, and must not be preceded by a close here.
        guard connected == 0 else { throw .connect(errno) }
    }

    /// Sends bytes. - Returns: false when the peer has closed.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Tells the peer that nothing more follows, and continues to receive.
    public func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Everything received until the peer closes. A reset counts as an end: bytes sent too late cause it.
    public func receive() throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            var count = 0
            let part = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, used in
                count = read(descriptor, buffer.baseAddress, buffer.count)
                used = max(count, 0)
            }
            if count < 0, errno == EAGAIN { throw .timeout }
            guard count > 0 else { return bytes }
            bytes += part
        }
    }

    /// Sends a request and parses its answer.
    public static func exchange(_ bytes: [UInt8], socket path: String) throws(Failure) -> Answer {
        let connection = try RawConnection(socket: path)
        connection.send(bytes)
        return Answer(try connection.receive())
    }

    /// Closes the connection.
    deinit { close(descriptor) }
}
