/// FastCGI records as a web server writes them (FastCGI specification 1.0, 3.3 and 5), well-formed or not.
public enum Records {
    /// A flag of FCGI_BEGIN_REQUEST: the web server wants to use the connection again.
    public static let keepConnection: UInt8 = 1

    /// One record: eight bytes of header, the content, the padding.
    ///
    /// - Parameter content: at most 65,535 bytes.
    public static func record(type: UInt8, id: UInt16 = 1, content: [UInt8] = [], padding: Int = 0) -> [UInt8] {
        [1, type, high(id), low(id), high(UInt16(content.count)), low(UInt16(content.count)), UInt8(padding), 0]
            + content + [UInt8](repeating: 0, count: padding)
    }

    /// FCGI_BEGIN_REQUEST.
    public static func begin(id: UInt16 = 1, role: UInt16 = 1, flags: UInt8 = 0) -> [UInt8] {
        record(type: 1, id: id, content: [high(role), low(role), flags, 0, 0, 0, 0, 0])
    }

    /// FCGI_ABORT_REQUEST.
    public static func abort(id: UInt16 = 1) -> [UInt8] {
        record(type: 2, id: id)
    }

    /// The parameters as a stream of FCGI_PARAMS, with its end.
    public static func parameters(_ pairs: [(String, String)], id: UInt16 = 1) -> [UInt8] {
        stream(type: 4, id: id, content: pairs.flatMap { nameValue($0.0, $0.1) })
    }

    /// The body as a stream of FCGI_STDIN, with its end.
    public static func standardInput(_ body: [UInt8], id: UInt16 = 1) -> [UInt8] {
        stream(type: 5, id: id, content: body)
    }

    /// FCGI_GET_VALUES.
    public static func getValues(_ names: [String]) -> [UInt8] {
        record(type: 9, id: 0, content: names.flatMap { nameValue($0, "") })
    }

    /// A stream: records of at most 32 KiB, then the empty record.
    public static func stream(type: UInt8, id: UInt16 = 1, content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: content.count, by: 32_768) {
            let part = Array(content[start..<min(start + 32_768, content.count)])
            bytes += record(type: type, id: id, content: part, padding: (8 - part.count % 8) % 8)
        }
        return bytes + record(type: type, id: id)
    }

    /// A name-value pair (3.4): lengths above 127 take four bytes.
    public static func nameValue(_ name: String, _ value: String) -> [UInt8] {
        length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
    }

    /// A length of a name-value pair.
    public static func length(_ count: Int) -> [UInt8] {
        guard count > 127 else { return [UInt8(count)] }
        return [UInt8(0x80 | count >> 24), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    private static func high(_ number: UInt16) -> UInt8 { UInt8(number >> 8) }
    private static func low(_ number: UInt16) -> UInt8 { UInt8(number & 255) }
}
