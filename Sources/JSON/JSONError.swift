/// Why bytes are not JSON, and where. Quotes nothing of the input, so that it can be logged.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: String, Sendable, CaseIterable {
        /// The input ends within a value, or holds none.
        case unexpectedEnd = "unexpected end"
        /// A byte that is not allowed there.
        case unexpectedByte = "unexpected byte"
        /// Something follows the value.
        case trailingBytes = "bytes after the value"
        /// Bytes in a string that are not UTF-8 (RFC 3629).
        case invalidUTF8 = "invalid UTF-8"
        /// A byte below 0x20 in a string.
        case controlCharacter = "control character in a string"
        /// A backslash before an invalid escape.
        case invalidEscape = "invalid escape"
        /// A malformed number (RFC 8259 section 6).
        case invalidNumber = "invalid number"
        /// Arrays and objects nested deeper than `JSONValue.maximumDepth`.
        case tooDeep = "nested too deeply"
    }

    /// What is wrong.
    public let reason: Reason
    /// The position of the offending byte, counted from 0; the length of the input when it ends too early.
    public let offset: Int

    /// An error of that reason at that offset.
    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// Such as `unexpected byte at byte 17`.
    public var description: String { "\(reason.rawValue) at byte \(offset)" }
}
