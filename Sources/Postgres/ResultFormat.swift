/// How the rows of a statement arrive (protocol 55.2.2).
public enum ResultFormat: Int32, Sendable {
    /// As text: every type can be read.
    case text = 0
    /// As the server keeps them, which costs both sides less: integers, booleans, times, bytea, text, json and jsonb can be
    /// read, other types are an error.
    case binary = 1
}

/// Reads the binary forms (the `…send` functions of the server's types).
enum BinaryCell {
    /// A smallint, integer, bigint or oid; nil when it has another width.
    static func integer(_ bytes: UnsafeRawBufferPointer, isOID: Bool) -> Int64? {
        switch bytes.count {
        case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4 where isOID: Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        default: nil
        }
    }

    /// A timestamptz as microseconds since 1970; nil when it is none.
    static func timestamp(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        integer(bytes, isOID: false).map(Timestamp.microseconds)
    }

    /// Text as it is, jsonb behind the number of its version, which is 1; nil for another version.
    static func text(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> String? {
        guard type == TypeID.jsonb else { return String(decoding: bytes, as: UTF8.self) }
        guard bytes.first == 1 else { return nil }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), as: UTF8.self)
    }

    /// A double precision or real; nil when it has another width.
    static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
        switch bytes.count {
        case 8: Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case 4: Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        default: nil
        }
    }
}

/// Reads the text forms.
enum TextCell {
    /// A whole number, which may be negative; nil when it is none, or beyond Int64.
    static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        guard bytes.count > (isNegative ? 1 : 0) else { return nil }
        var value: Int64 = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            guard case 48...57 = byte else { return nil }
            // Downwards: the smallest number has no positive counterpart.
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = product.subtractingReportingOverflow(Int64(byte - 48))
            if overflow || overflowToo { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
