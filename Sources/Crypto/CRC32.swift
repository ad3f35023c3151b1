/// The checksum of Ethernet, zip and PayPal's webhook signatures (ISO/IEC 8802-3; polynomial 0x04C11DB7, reflected).
/// Not a signature of anything.
public enum CRC32 {
    /// The checksum of `bytes`.
    ///
    /// Eight bytes a step ("slicing by 8"): byte by byte it costs more than twice the HMAC of the same bytes.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var remainder: UInt32 = .max
        var position = 0
        tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBytes { bytes in
                while position + 8 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                    remainder = step(UInt64(littleEndian: word) ^ UInt64(remainder), tables)
                    position += 8
                }
                while position < bytes.count {
                    let index = (remainder ^ UInt32(bytes[position])) & 0xff
                    remainder = remainder >> 8 ^ tables[Int(index)]
                    position += 1
                }
            }
        }
        return ~remainder
    }

    /// Eight bytes, each by the table for its distance from the end of the step.
    @inline(__always)
    private static func step(_ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
        var sum: UInt32 = 0
        for place in 0..<8 {
            let byte = Int(truncatingIfNeeded: word >> (8 * UInt64(place))) & 0xff
            sum ^= tables[(7 - place) << 8 | byte]
        }
        return sum
    }

    /// Eight tables of 256: what eight steps of the division add for each low byte, and the same with one to seven bytes
    /// of zero behind it.
    private static let tables: [UInt32] = {
        var tables: [UInt32] = []
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
            tables.append(value)
        }
        for place in 256..<2048 {
            let before = tables[place - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xff)])
        }
        return tables
    }()
}
