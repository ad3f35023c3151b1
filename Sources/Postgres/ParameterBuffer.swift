internal import CPostgres
import Glibc

/// All parameters of one statement, encoded one after the other in a single allocation.
struct ParameterBuffer {
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var types: [UInt32] = []

    /// Encodes; fails on U+0000, on times outside Postgres' range and on what the protocol cannot carry.
    init(_ parameters: [Parameter]) throws(PostgresError) {
        guard parameters.count <= 65_535 else {
            throw PostgresError(state: .programLimitExceeded, message: "more than 65535 parameters; use arrays")
        }
        for parameter in parameters { try append(parameter) }
    }

    /// Calls `body` with the five parallel arrays of `PQsendQueryParams`; they are valid during the call only.
    func withPointers<R>(
        _ body: (
            Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> R
    ) -> R {
        bytes.withUnsafeBytes { raw in
            let base = raw.bindMemory(to: CChar.self).baseAddress
            let values = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return body(Int32(starts.count), types, values, lengths, formats)
        }
    }

    /// Adds a value as text; nil is NULL. The zero byte ends it for libpq.
    mutating func addText(_ type: UInt32, _ text: String?) throws(PostgresError) {
        guard let text else { return add(type, format: 0, start: nil, length: 0) }
        let start = bytes.count
        try bytes.appendChecked(text)
        add(type, format: 0, start: start, length: Int32(clamping: bytes.count - start))
        bytes.append(0)
    }

    /// Adds a value that `write` appends in binary. A zero byte follows, so that an empty value has an address of its
    /// own and is not taken for NULL.
    mutating func addBinary(
        _ type: UInt32, _ write: (inout [UInt8]) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        let start = bytes.count
        try write(&bytes)
        guard let length = Int32(exactly: bytes.count - start) else {
            throw PostgresError(state: .programLimitExceeded, message: "a parameter exceeds 2 GiB")
        }
        add(type, format: 1, start: start, length: length)
        bytes.append(0)
    }

    private mutating func add(_ type: UInt32, format: Int32, start: Int?, length: Int32) {
        starts.append(start)
        lengths.append(length)
        formats.append(format)
        types.append(type)
    }
}

extension [UInt8] {
    /// Appends UTF-8 and refuses U+0000, where libpq would cut the value off.
    mutating func appendChecked(_ text: String) throws(PostgresError) {
        var text = text
        let hasNull = text.withUTF8 { utf8 in
            append(contentsOf: utf8)
            return utf8.baseAddress.map { memchr($0, 0, utf8.count) != nil } ?? false
        }
        if hasNull {
            throw PostgresError(
                state: .characterNotInRepertoire, message: "text holds U+0000, which Postgres cannot store")
        }
    }

    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        var shift = value.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
