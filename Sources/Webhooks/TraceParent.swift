/// The header field traceparent: the place of a request in a distributed trace
/// (W3C Trace Context, https://www.w3.org/TR/trace-context-1/ section 3.2).
public struct TraceParent: Sendable, Hashable {
    /// The trace: 32 hexadecimal digits in lower case.
    public let traceID: String
    /// The span that sends the request: 16 of them.
    public let spanID: String
    /// Whether the sender may have recorded the trace.
    public let isSampled: Bool

    /// The place of a span of ours. The ids must have the form of the specification.
    public init(traceID: String, spanID: String, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads a value. A later version may have more behind its flags, which is ignored, as the specification asks.
    /// - Returns: nil for a value that is not valid; two joined fields are none.
    public init?(_ value: String) {
        let bytes = Array(value.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count >= Self.length, [2, 35, 52].allSatisfy({ bytes[$0] == dash }) else { return nil }
        let (version, trace, span, flags) = (bytes[0..<2], bytes[3..<35], bytes[36..<52], bytes[53..<55])
        guard [version, trace, span, flags].allSatisfy({ $0.allSatisfy(Self.isDigit) }),
            !version.elementsEqual("ff".utf8), Self.isSet(trace), Self.isSet(span),
            let low = UInt8(String(decoding: flags, as: UTF8.self), radix: 16)
        else { return nil }
        if bytes.count > Self.length {
            guard !version.elementsEqual("00".utf8), bytes[Self.length] == dash else { return nil }
        }
        traceID = String(decoding: trace, as: UTF8.self)
        spanID = String(decoding: span, as: UTF8.self)
        isSampled = low & 1 == 1
    }

    /// The name of the field.
    public static let name = "traceparent"

    /// The value, in version 00.
    public var value: String { "00-\(traceID)-\(spanID)-0\(isSampled ? 1 : 0)" }

    /// The length of a value of version 00.
    private static let length = 55

    /// Capital letters are not valid.
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte) }

    /// Whether an id is not all zeros, which stands for none.
    static func isSet(_ id: some Sequence<UInt8>) -> Bool { id.contains { $0 != UInt8(ascii: "0") } }

    /// Whether a text has the form of the id of a trace.
    public static func isTraceID(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy(isDigit) && isSet(text.utf8)
    }
}
