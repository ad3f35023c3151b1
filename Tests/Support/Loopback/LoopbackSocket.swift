internal import Glibc

/// A socket that listens on 127.0.0.1. Whoever connects waits for an answer until it is closed, also if nobody accepts.
package struct LoopbackSocket: Sendable {
    /// For accept(2), owned by whoever made this.
    package let descriptor: Int32
    /// A free port.
    package let port: Int

    /// No port is available.
    package struct Failure: Error {}

    /// Listens from now on.
    /// - Throws: ``Failure``.
    package init() throws(Failure) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1024) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw Failure() }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }
}
