internal import CPlatform
internal import Glibc

/// Bytes that another process can read as its standard input, without a file on the disk (memfd_create(2)). Closed
/// when dropped; a child that was given it keeps its own.
public struct MemoryFile: ~Copyable {
    /// Stands at the beginning of the bytes.
    public let descriptor: Int32

    /// - Throws: ``SystemCallError`` when memory or descriptors are out.
    public init(_ bytes: [UInt8]) throws(SystemCallError) {
        descriptor = memfd_create("hookledger", UInt32(MFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemCallError(call: "memfd_create", code: errno) }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                let code = errno
                close(descriptor)
                throw SystemCallError(call: "write", code: code)
            }
            done += count
        }
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }
}
