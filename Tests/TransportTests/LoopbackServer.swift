import Glibc
import Loopback
import Synchronization

/// A small HTTP server on 127.0.0.1 with a free port that misbehaves as the path says; one thread a connection.
final class LoopbackServer: Sendable {
    let port: Int
    private let listener: Int32
    private let seen = Mutex<[String]>([])

    init() throws {
        let socket = try LoopbackSocket()
        let listener = socket.descriptor
        self.listener = listener
        port = socket.port
        spawn { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                spawn { self.serve(connection) }
            }
        }
    }

    deinit { stop() }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// The requests that came, each as its raw text.
    var requests: [String] { seen.withLock { $0 } }

    func url(_ path: String, host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var answered = 0
        while let request = Self.read(connection) {
            seen.withLock { $0.append(request) }
            let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            guard path == "/keep" else { return answer(path, request, connection) }
            // The first request of a connection is answered, the second one is taken and met with silence.
            guard answered == 0 else { return }
            answered += 1
            Self.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
    }

    private func answer(_ path: String, _ request: String, _ connection: Int32) {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n"
        switch path {
        case "/slow":
            sleep(2)
        case "/wait":
            usleep(300_000)
            Self.write(connection, head + "\r\nok")
        case "/reset":
            var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        case "/redirect":
            Self.write(
                connection, "HTTP/1.1 302 Found\r\nLocation: \(url("/secret"))\r\nContent-Length: 0\r\n\r\n")
        case "/big":
            Self.write(connection, head + "\r\n")
            let piece = String(repeating: "x", count: 65_536)
            for _ in 0..<160 where !Self.write(connection, piece) { return }
        case "/garbage":
            Self.write(connection, "this is not HTTP at all\r\n\r\n")
        case "/headers":
            Self.write(connection, head)
            for number in 0..<2000
            where !Self.write(connection, "X-\(number): \(String(repeating: "y", count: 90))\r\n") {
                return
            }
            Self.write(connection, "\r\n")
        case "/interim":
            Self.write(connection, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + head + "X-Two:  b \r\n\r\nok")
        case "/short":
            Self.write(connection, head + "Content-Length: 100\r\n\r\nonly this")
        default:
            let body = request.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
            Self.write(connection, head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
        }
    }

    private static func read(_ connection: Int32) -> String? {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = text.range(ofHeaderEnd: ()) {
                let length =
                    text.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                if text.utf8.count - end >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    @discardableResult
    private static func write(_ connection: Int32, _ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension String {
    /// The offset in UTF-8 behind the empty line that ends a header.
    fileprivate func range(ofHeaderEnd: Void) -> Int? {
        let bytes = Array(utf8)
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { bytes[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }.map { $0 + 4 }
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func spawn(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Work(body)).toOpaque())
    pthread_detach(thread)
}
