import Webhooks

/// A line of nginx's log of the hook locations (`log_format hookledger_hooks`).
struct HookLogLine: Sendable, Hashable {
    /// When nginx had answered the request.
    let answeredAt: Timestamp
    /// How long the request took, in microseconds.
    let duration: Int64
    /// nginx's request id.
    let requestID: String
    /// The answered status.
    let status: Int
    /// What the responder says; nil if it says nothing.
    let trace: LedgerTrace?
    /// The path of the request.
    let path: String

    /// Whether the answer says that the delivery is safe.
    var isAnswered: Bool { (200...299).contains(status) }

    /// - Returns: nil for a line of another form, such as the first part of one.
    init?(_ bytes: ArraySlice<UInt8>) {
        let words = String(decoding: bytes, as: UTF8.self)
            .split(separator: " ", maxSplits: 5, omittingEmptySubsequences: false)
        guard words.count == 6, let at = Self.microseconds(words[0]), let duration = Self.microseconds(words[3]),
            let status = Int(words[2]), words[1].utf8.count == 32, words[1].utf8.allSatisfy(Self.isHexadecimal)
        else { return nil }
        answeredAt = Timestamp(microseconds: at)
        self.duration = duration
        requestID = String(words[1])
        self.status = status
        trace = LedgerTrace(words[4])
        path = String(words[5])
    }

    /// Seconds with three digits behind the point, as nginx writes times.
    private static func microseconds(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 3, let seconds = Int64(parts[0]), let rest = Int64(parts[1]),
            seconds >= 0, rest >= 0, seconds < 1 << 40
        else { return nil }
        return seconds * 1_000_000 + rest * 1000
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
