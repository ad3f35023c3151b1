/// The checksum of Ethernet, zip and PayPal's webhook signatures (ISO/IEC 8802-3; polynomial 0x04C11DB7, reflected).
/// Not a signature of anything.
public enum CRC32 {
    /// The checksum of `bytes`.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var remainder: UInt32 = .max
        for byte in bytes { remainder = remainder >> 8 ^ table[Int((remainder ^ UInt32(byte)) & 0xff)] }
        return ~remainder
    }

    /// What eight steps of the division add for each low byte.
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xedb8_8320 : value >> 1 }
    }
}
