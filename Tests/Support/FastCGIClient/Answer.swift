/// The parsed answer of a connection.
public struct Answer: Sendable, Equatable {
    /// The content of all FCGI_STDOUT records.
    public private(set) var output: [UInt8] = []
    /// The request ids of the FCGI_END_REQUEST records, in order: one for each request that was run.
    public private(set) var ended: [UInt16] = []
    /// The types of all other records, in order: 10 is FCGI_GET_VALUES_RESULT, 11 FCGI_UNKNOWN_TYPE.
    public private(set) var otherTypes: [UInt8] = []
    /// Bytes of an incomplete record.
    public private(set) var rest: [UInt8] = []

    /// Parses the bytes of a connection.
    public init(_ bytes: [UInt8]) {
        var left = bytes[...]
        while left.count >= 8 {
            let header = Array(left.prefix(8))
            let length = Int(header[4]) << 8 | Int(header[5])
            guard left.count >= 8 + length + Int(header[6]) else { break }
            let content = left.dropFirst(8).prefix(length)
            switch header[1] {
            case 6: output += content
            case 3: ended.append(UInt16(header[2]) << 8 | UInt16(header[3]))
            default: otherTypes.append(header[1])
            }
            left = left.dropFirst(8 + length + Int(header[6]))
        }
        rest = Array(left)
    }

    /// The number of the `Status:` field; nil when there is no head.
    public var status: Int? {
        header("status").flatMap { Int($0.prefix(3)) }
    }

    /// The lines of the head, without the empty one that ends it.
    public var head: [String] {
        text(output[..<(endOfHead ?? 0)]).split(separator: "\r\n").map(String.init)
    }

    /// What follows the head.
    public var body: [UInt8] {
        endOfHead.map { Array(output[($0 + 4)...]) } ?? []
    }

    /// `body` as text.
    public var bodyText: String { text(body[...]) }

    /// The value of the first field with this name, in any letter case.
    public func header(_ name: String) -> String? {
        for line in head where line.lowercased().hasPrefix(name.lowercased() + ": ") {
            return String(line.dropFirst(name.count + 2))
        }
        return nil
    }

    private var endOfHead: Int? {
        guard output.count >= 4 else { return nil }
        return (0...(output.count - 4)).first { Array(output[$0..<($0 + 4)]) == [13, 10, 13, 10] }
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
