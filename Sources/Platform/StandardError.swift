import Glibc

/// File descriptor 2, where a supervisor or cron collects the log.
public enum StandardError {
    /// Writes one line with one write(2), so that lines of several threads and processes do not mix
    /// (pipe(7): up to 4,096 bytes are atomic on a pipe). The newline is added. A failed write is dropped:
    /// there is no other place to report it.
    public static func write(_ line: String) { writeAll(Array(line.utf8) + [UInt8(ascii: "\n")], to: 2) }
}

/// File descriptor 1.
public enum StandardOutput {
    /// Writes bytes as they are; what stdio(3) still holds is the caller's to flush before. A failed write is dropped.
    public static func write(_ bytes: [UInt8]) { writeAll(bytes, to: 1) }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
