import Glibc

/// Stream sockets in the file system (unix(7)).
public enum UnixSocket {
    /// Connects and hangs up at once, to see whether a program listens.
    ///
    /// - Throws: ``SystemCallError``: ECONNREFUSED when nobody listens, ENOENT when there is no such file, EACCES when
    ///   this user may not write to it, ENAMETOOLONG for a path of more than 107 bytes.
    public static func probe(_ path: String) throws(SystemCallError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemCallError(call: "connect", code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .last("socket") }
        defer { close(descriptor) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        if code != 0 { throw .last("connect") }
    }
}
