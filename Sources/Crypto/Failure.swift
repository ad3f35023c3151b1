internal import CCrypto

/// A key that cannot be read, or a signature that cannot be made. Reveals nothing of the key's content.
public struct CryptoError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    /// - Parameter description: must not contain any part of a key.
    init(_ description: String) {
        self.description = description
        ERR_clear_error()
    }
}

/// Ends the process: there is no safe way to continue without memory for a hash.
func outOfMemory() -> Never { fatalError("libcrypto: out of memory") }

/// For calls that fail only without memory or with a broken libcrypto. Continuing would mean a wrong hash.
func mustSucceed(_ result: Int32, _ call: StaticString = #function) {
    if result != 1 { fatalError("libcrypto failed in \(call): error \(String(ERR_peek_last_error(), radix: 16))") }
}
