import Glibc

/// Takes one HTTP request on 127.0.0.1: the redirect of a browser on this host. It is no web server: it reads the head of a
/// request, at most 16 KiB, and answers a fixed page.
public final class LoopbackListener {
    /// The port that it listens on.
    public let port: Int
    private let socket: Int32

    /// The most that is read of a request.
    private static let limit = 16 << 10

    /// Listens.
    /// - Parameter port: 0 for a free one.
    /// - Throws: EADDRINUSE if another program listens there.
    public init(port: Int) throws(SystemCallError) {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .last("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 4) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else {
            let error = SystemCallError.last("bind")
            close(descriptor)
            throw error
        }
        socket = descriptor
        self.port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }

    /// Waits for a GET request to a path, and answers it. What asks for another path, such as a browser for an icon, gets a
    /// 404 and is not counted.
    /// - Parameters:
    ///   - path: without a query.
    ///   - page: the body of the answer, plain text.
    ///   - milliseconds: how long to wait in all.
    /// - Returns: the target with its query; nil when the time is over.
    public func target(path: String, page: String, within milliseconds: Int64) throws(SystemCallError) -> String? {
        let end = SystemClock.monotonicNanoseconds() / 1_000_000 + milliseconds
        while try isReadable(socket, until: end) {
            let peer = accept(socket, nil, nil)
            if peer < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                throw .last("accept")
            }
            defer { close(peer) }
            _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
            // A peer that says nothing must not keep the redirect out.
            let patience = min(end, SystemClock.monotonicNanoseconds() / 1_000_000 + 5000)
            let words = try head(of: peer, until: patience).split(separator: "\r\n").first?.split(separator: " ") ?? []
            let isWanted = words.count == 3 && words[0] == "GET" && words[1].prefix { $0 != "?" } == path
            answer(peer, isWanted ? "200 OK" : "404 Not Found", isWanted ? page : "Not found.\n")
            if isWanted { return String(words[1]) }
        }
        return nil
    }

    private func isReadable(_ descriptor: Int32, until end: Int64) throws(SystemCallError) -> Bool {
        while true {
            let left = end - SystemClock.monotonicNanoseconds() / 1_000_000
            if left <= 0 { return false }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&waiting, 1, Int32(clamping: left))
            if count > 0 { return true }
            if count < 0, errno != EINTR { throw .last("poll") }
        }
    }

    private func head(of peer: Int32, until end: Int64) throws(SystemCallError) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < Self.limit, try isReadable(peer, until: end) {
            let count = read(peer, &buffer, buffer.count)
            if count <= 0 { break }
            bytes += buffer[..<count]
            if bytes.contains(0x0A), String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func answer(_ peer: Int32, _ status: String, _ page: String) {
        let text =
            "HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(page.utf8.count)\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\n\r\n\(page)"
        let bytes = Array(text.utf8)
        // The peer may be gone; it does not matter.
        _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
