/// The header field Retry-After (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The wait in milliseconds.
    ///
    /// - Parameter value: the field's value; only the form in seconds is read, a date would ask for two clocks to agree.
    /// - Returns: nil when absent, a date, or no number. The caller caps it.
    static func milliseconds(_ value: String?) -> Int64? {
        guard let value = value?.trimmed, !value.isEmpty, value.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        // A number of more digits than fit is as good as the cap.
        return min(Int64(value) ?? .max, 31_536_000) * 1000
    }
}
