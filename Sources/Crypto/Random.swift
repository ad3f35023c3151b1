internal import CCrypto

/// Random bytes that nobody can guess.
public enum Random {
    /// Bytes of libcrypto's generator (RAND_bytes(3)); the process ends when the system gives no entropy.
    ///
    /// - Parameter count: at least 0.
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        mustSucceed(RAND_bytes(&bytes, Int32(count)))
        return bytes
    }
}
