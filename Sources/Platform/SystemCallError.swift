import Glibc

/// A failed call into the C library or the kernel.
public struct SystemCallError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name of the call, as its manual page spells it: `accept4`.
    public let call: String
    /// The errno(3) value that the call left.
    public let code: Int32

    /// Whether this user may not do it.
    public var isForbidden: Bool { code == EACCES || code == EPERM }

    /// Makes the error from a call's name and its errno(3) value.
    public init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// Makes the error from errno(3) of the calling thread; use it at once after the call that failed.
    public static func last(_ call: String) -> SystemCallError {
        SystemCallError(call: call, code: errno)
    }

    /// `accept4: Too many open files (24)`.
    public var description: String {
        "\(call): \(SystemCallError.text(of: code)) (\(code))"
    }

    /// The C library's words for an errno(3) value: strerror_r(3), the thread-safe form.
    public static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
                return "error"
            }
            return String(cString: start)
        }
    }
}
