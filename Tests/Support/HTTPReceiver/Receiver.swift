internal import Glibc
internal import Loopback
internal import Platform
internal import Synchronization

/// A destination on 127.0.0.1: counts its requests by key (a header, else the body), and answers as configured. One
/// thread a connection.
public final class Receiver: Sendable {
    /// The behaviour for one request.
    public enum Behaviour: Sendable {
        /// Answer with this status after this many milliseconds.
        case answer(Int, after: Int = 0)
        /// Answer with that status and body.
        case say(Int, String)
        /// Answer with that status and that Retry-After.
        case refuse(Int, retryAfter: String)
        /// Take the request and close the connection.
        case silence
    }

    /// Its port on 127.0.0.1.
    public let port: Int
    private let listener: Int32
    private let keys = Mutex<[String]>([])
    private let requestHeads = Mutex<[String]>([])
    private let behaviour: @Sendable (_ number: Int, _ key: String) -> Behaviour

    /// Starts to listen.
    ///
    /// - Parameter behaviour: gets the number of the request, from 1, and its key.
    public init(_ behaviour: @escaping @Sendable (_ number: Int, _ key: String) -> Behaviour) throws {
        self.behaviour = behaviour
        let socket = try LoopbackSocket()
        let listener = socket.descriptor
        self.listener = listener
        port = socket.port
        _ = try Thread(name: "receiver") { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                _ = try? Thread(name: "connection") { self.serve(connection) }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// The URL to post to.
    public var url: String { "http://127.0.0.1:\(port)/hook" }

    /// The keys of the received requests, in order.
    public var taken: [String] { keys.withLock { $0 } }

    /// The request lines and header fields of the received requests, in order.
    public var heads: [String] { requestHeads.withLock { $0 } }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            while let request = Self.takeRequest(&text) {
                let lines = request.head.split(separator: "\r\n")
                let key =
                    lines.first { $0.lowercased().hasPrefix("x-key:") || $0.lowercased().hasPrefix("webhook-id:") }
                    .map { String($0.drop { $0 != ":" }.dropFirst(2)) } ?? request.body
                requestHeads.withLock { $0.append(request.head) }
                let number = keys.withLock {
                    $0.append(key)
                    return $0.count
                }
                let status: Int
                var (body, fields) = ("ok", "")
                switch behaviour(number, key) {
                case .answer(let wanted, let delay):
                    status = wanted
                    if delay > 0 { usleep(UInt32(delay) * 1000) }
                case .say(let wanted, let text): (status, body) = (wanted, text)
                case .refuse(let wanted, let wait): (status, fields) = (wanted, "Retry-After: \(wait)\r\n")
                case .silence: return
                }
                let head = "HTTP/1.1 \(status) Status\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n"
                let answer = Array((head + body).utf8)
                guard send(connection, answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count else { return }
            }
        }
    }

    /// Cuts the first whole request off.
    private static func takeRequest(_ text: inout String) -> (head: String, body: String)? {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let length =
            parts[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        guard parts[1].utf8.count >= length else { return nil }
        let body = Array(parts[1].utf8)
        text = String(decoding: body.dropFirst(length), as: UTF8.self)
        return (String(parts[0]), String(decoding: body.prefix(length), as: UTF8.self))
    }
}
