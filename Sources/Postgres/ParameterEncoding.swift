extension ParameterBuffer {
    /// Encodes one parameter in the form that ``Parameter`` documents.
    mutating func append(_ parameter: Parameter) throws(PostgresError) {
        switch parameter {
        case .text(let value): try addText(TypeID.unknown, value)
        case .bigint(let value): try addText(TypeID.int8, value.map { String($0) })
        case .integer(let value): try addText(TypeID.int4, value.map { String($0) })
        case .boolean(let value): try addText(TypeID.bool, value.map { $0 ? "t" : "f" })
        case .double(let value): try addText(TypeID.float8, value.map { String($0) })
        case .numeric(let value): try addText(TypeID.numeric, value)
        case .jsonb(let value): try addText(TypeID.jsonb, value)
        case .interval(let value): try addText(TypeID.interval, value.map { "\($0) microseconds" })
        case .timestamp(let value):
            guard let value else { return try addText(TypeID.timestamptz, nil) }
            try addText(TypeID.timestamptz, Timestamp.text(value))
        case .bytes(let value):
            guard let value else { return try addText(TypeID.bytea, nil) }
            try addBinary(TypeID.bytea) { bytes throws(PostgresError) in bytes.append(contentsOf: value) }
        default: try appendArray(parameter)
        }
    }

    private mutating func appendArray(_ parameter: Parameter) throws(PostgresError) {
        switch parameter {
        case .texts(let values):
            try addArray(TypeID.textArray, TypeID.text, values) { bytes, text throws(PostgresError) in
                try bytes.appendChecked(text)
            }
        case .bytesArray(let values):
            try addArray(TypeID.byteaArray, TypeID.bytea, values) { bytes, value in bytes.append(contentsOf: value) }
        case .bigints(let values):
            try addArray(TypeID.int8Array, TypeID.int8, values) { bytes, value in bytes.appendBigEndian(value) }
        case .integers(let values):
            try addArray(TypeID.int4Array, TypeID.int4, values) { bytes, value in bytes.appendBigEndian(value) }
        case .smallints(let values):
            try addArray(TypeID.int2Array, TypeID.int2, values) { bytes, value in bytes.appendBigEndian(value) }
        case .booleans(let values):
            try addArray(TypeID.boolArray, TypeID.bool, values) { bytes, value in bytes.append(value ? 1 : 0) }
        case .jsonbs(let values):
            try addArray(TypeID.jsonbArray, TypeID.jsonb, values) { bytes, text throws(PostgresError) in
                bytes.append(1)  // the version of the binary form of jsonb
                try bytes.appendChecked(text)
            }
        case .timestamps(let values):
            try addArray(TypeID.timestamptzArray, TypeID.timestamptz, values) { bytes, value throws(PostgresError) in
                bytes.appendBigEndian(try Timestamp.binary(value))
            }
        case .intervals(let values):
            try addArray(TypeID.intervalArray, TypeID.interval, values) { bytes, value in
                bytes.appendBigEndian(value)
                bytes.appendBigEndian(Int64(0))  // days and months
            }
        case .numerics(let values): try addText(TypeID.numericArray, ArrayLiteral.text(values))
        default: preconditionFailure("a scalar is already encoded")
        }
    }

    /// The binary form of a one-dimensional array (`array_recv` in the server): dimensions, null flag, element type,
    /// length, lower bound 1, then length and bytes of each element.
    private mutating func addArray<T>(
        _ type: UInt32, _ elementType: UInt32, _ values: [T?],
        _ write: (inout [UInt8], T) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        guard values.count < 100_000_000 else {
            throw PostgresError(state: .programLimitExceeded, message: "an array exceeds the server's limit")
        }
        try addBinary(type) { bytes throws(PostgresError) in
            bytes.appendBigEndian(Int32(values.isEmpty ? 0 : 1))
            bytes.appendBigEndian(Int32(values.contains { $0 == nil } ? 1 : 0))
            bytes.appendBigEndian(elementType)
            if values.isEmpty { return }
            bytes.appendBigEndian(Int32(values.count))
            bytes.appendBigEndian(Int32(1))
            for value in values {
                guard let value else {
                    bytes.appendBigEndian(Int32(-1))
                    continue
                }
                let start = bytes.count
                bytes.appendBigEndian(Int32(0))
                try write(&bytes, value)
                let length = Int32(clamping: bytes.count - start - 4)
                for (offset, shift) in [24, 16, 8, 0].enumerated() {
                    bytes[start + offset] = UInt8(truncatingIfNeeded: length >> shift)
                }
            }
        }
    }
}
