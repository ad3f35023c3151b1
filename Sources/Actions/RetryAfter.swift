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
        guard let then = moment(value), let now = header("date").flatMap({ moment($0.trimmed) }) else { return nil }
        return min(max(0, then.seconds - now.seconds), 31_536_000) * 1000
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that is still made (RFC 9110 section 5.6.7).
    static func moment(_ text: some StringProtocol) -> Timestamp? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, parts[0].last == ",", parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        return Timestamp(rfc3339: "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z")
    }
}
