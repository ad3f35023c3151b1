import Glibc

/// An IPv4 or IPv6 address, as bytes in network order.
struct IPAddress: Hashable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    /// Reads an address structure as for `connect`.
    /// - Returns: nil for a family other than IPv4 and IPv6.
    init?(socketAddress: UnsafeRawPointer, family: Int32) {
        switch family {
        case AF_INET:
            let address = socketAddress.loadUnaligned(as: sockaddr_in.self)
            bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
        case AF_INET6:
            let address = socketAddress.loadUnaligned(as: sockaddr_in6.self)
            bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// Reads the textual form that `inet_pton` takes.
    init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            bytes = withUnsafeBytes(of: v6) { Array($0) }
        } else {
            return nil
        }
    }

    /// Precondition: 4 or 16 bytes.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the first `length` bits are those of `prefix`.
    func hasPrefix(_ prefix: [UInt8], bits length: Int) -> Bool {
        let whole = length / 8
        guard bytes.count >= prefix.count, bytes[..<whole].elementsEqual(prefix[..<whole]) else { return false }
        guard length % 8 != 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (length % 8))
        return bytes[whole] & mask == prefix[whole] & mask
    }

    /// The IPv4 address that this IPv6 address stands for: mapped (::ffff:0:0/96), compatible (::/96), translated
    /// (::ffff:0:0:0/96), NAT64 (64:ff9b::/96) and 6to4 (2002::/16).
    var embeddedIPv4: IPAddress? {
        guard bytes.count == 16 else { return nil }
        if hasPrefix([0x20, 0x02], bits: 16) { return IPAddress(bytes: Array(bytes[2..<6])) }
        let prefixes: [[UInt8]] = [
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0],
        ]
        guard prefixes.contains(where: { hasPrefix($0, bits: 96) }) else { return nil }
        return IPAddress(bytes: Array(bytes[12...]))
    }
}
