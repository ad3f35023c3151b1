import Outbound

/// Keeps requests from reaching addresses that only this host or its network should reach (server-side request
/// forgery): the resolved address is checked for each connection, when it is made.
public struct AddressGuard: Sendable, Hashable {
    private let allowed: Set<String>

    /// A guard that allows any address for these hosts.
    /// - Parameter allowed: entries `host` (any port) or `host:port`; an IPv6 address has brackets. Compared
    ///   with the URL's own host, letter case aside.
    public init(allowing allowed: [String] = []) {
        self.allowed = Set(allowed.map(Self.normalized))
    }

    /// Whether the URL's host is on the list, so that its addresses are not checked.
    func allows(_ target: RequestTarget) -> Bool {
        let host = target.host.contains(":") ? "[\(target.host)]" : target.host
        return allowed.contains(host) || allowed.contains("\(host):\(target.port)")
    }

    private static func normalized(_ entry: String) -> String {
        let lower = entry.lowercased()
        // An IPv6 address without brackets and without a port.
        return lower.first != "[" && lower.filter { $0 == ":" }.count > 1 ? "[\(lower)]" : lower
    }

    /// Why this address is refused; nil if it is allowed.
    ///
    /// The blocks are those of the IANA special-purpose registries (RFC 6890) that are not globally reachable.
    static func objection(to address: IPAddress) -> String? {
        if address.bytes.count == 4 {
            return blocks4.first { address.hasPrefix($0.prefix, bits: $0.bits) }?.name
        }
        // Unspecified and loopback lie inside the IPv4-compatible block: they are named first.
        if let block = blocks6.first(where: { address.hasPrefix($0.prefix, bits: $0.bits) }) { return block.name }
        if let inner = address.embeddedIPv4 { return objection(to: inner) }
        return nil
    }

    private struct Block {
        let prefix: [UInt8]
        let bits: Int
        let name: String
        init(_ prefix: [UInt8], _ bits: Int, _ name: String) {
            self.prefix = prefix
            self.bits = bits
            self.name = name
        }
    }

    private static let blocks4 = [
        Block([0], 8, "unspecified (0.0.0.0/8)"), Block([10], 8, "private (10.0.0.0/8)"),
        Block([100, 64], 10, "carrier-grade NAT (100.64.0.0/10)"), Block([127], 8, "loopback (127.0.0.0/8)"),
        Block([169, 254], 16, "link-local and metadata (169.254.0.0/16)"),
        Block([172, 16], 12, "private (172.16.0.0/12)"),
        Block([192, 0, 0], 24, "protocol assignments (192.0.0.0/24)"),
        Block([192, 0, 2], 24, "documentation (192.0.2.0/24)"), Block([192, 168], 16, "private (192.168.0.0/16)"),
        Block([198, 18], 15, "benchmarking (198.18.0.0/15)"),
        Block([198, 51, 100], 24, "documentation (198.51.100.0/24)"),
        Block([203, 0, 113], 24, "documentation (203.0.113.0/24)"), Block([224], 4, "multicast (224.0.0.0/4)"),
        Block([240], 4, "reserved and broadcast (240.0.0.0/4)"),
        // Cloud metadata services with a public address.
        Block([168, 63, 129, 16], 32, "metadata (168.63.129.16)"),
    ]

    private static let blocks6 = [
        Block([UInt8](repeating: 0, count: 16), 128, "unspecified (::)"),
        Block([UInt8](repeating: 0, count: 15) + [1], 128, "loopback (::1)"),
        Block([0x00, 0x64, 0xFF, 0x9B, 0, 1], 48, "local NAT64 (64:ff9b:1::/48)"),
        Block([1, 0, 0, 0, 0, 0, 0, 0], 64, "discard (100::/64)"),
        Block([0x20, 0x01, 0, 0], 32, "Teredo (2001::/32)"),
        Block([0x20, 0x01, 0x0D, 0xB8], 32, "documentation (2001:db8::/32)"),
        Block([0xFC], 7, "private (fc00::/7)"), Block([0xFE, 0x80], 10, "link-local (fe80::/10)"),
        Block([0xFE, 0xC0], 10, "site-local (fec0::/10)"), Block([0xFF], 8, "multicast (ff00::/8)"),
    ]
}
