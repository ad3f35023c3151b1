import Glibc
import Platform
import StackSuite

/// What a syslog daemon has: a datagram socket (unix(7)) that anybody may write to, and what was written to it.
final class SyslogSocket: Sendable {
    private let descriptor: Int32
    private let received = Locked<[String]>([])
    private let reader = Locked<Thread?>(nil)

    struct Failure: Error {
        let code: Int32
    }

    init(path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, chmod(path, 0o666) == 0 else { throw Failure(code: errno) }
        let received = received
        let thread = try Thread(name: "syslog") {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                received.withLock { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
            }
        }
        reader.withLock { $0 = thread }
    }

    /// The messages so far.
    var messages: [String] { received.withLock { $0 } }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        reader.withLock { $0 }?.join()
        close(descriptor)
    }
}
