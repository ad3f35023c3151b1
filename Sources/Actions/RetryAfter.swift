import Webhooks

/// The header field Retry-After (RFC 9110 section 10.2.3).
enum RetryAfter {
    /// The wait in milliseconds.
    ///
    /// - Parameter header: reads a field of the answer. A date is held against the answer's own Date, so that no two
    ///   clocks need agree.
    /// - Returns: nil when absent, or neither a number nor a date. The caller caps it.
    static func milliseconds(_ header: (String) -> String?) -> Int64? {
        guard let value = header("retry-after")?.trimmed, !value.isEmpty else { return nil }
        if value.utf8.allSatisfy({ (48...57).contains($0) }) {
            // A number of more digits than fit is as good as the cap.
            return min(Int64(value) ?? .max, 31_536_000) * 1000
        }
        guard let now = header("date").flatMap({ Timestamp(http: $0.trimmed) }),
            let then = Timestamp(http: value, now: now)
        else { return nil }
        return min(max(0, then.seconds - now.seconds), 31_536_000) * 1000
    }
}
