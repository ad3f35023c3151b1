/// What counts as one peer: an IPv4 address, and of IPv6 the network of 64 bits that one customer is given at least (RFC
/// 6177). Counted by whole addresses, one customer would be as many peers as it likes.
public enum PeerNetwork {
    /// - Parameter address: as the web server names the peer (RFC 4291 section 2.2); any other text stands for itself.
    public static func of(_ address: String) -> String {
        guard address.contains(":") else { return address }
        // An IPv4 address within IPv6 is that address.
        if let last = address.split(separator: ":").last, last.contains(".") { return String(last) }
        return groups(of: address).prefix(4).joined(separator: ":")
    }

    /// The eight groups without leading zeros; "::" stands for as many as are missing.
    private static func groups(of address: String) -> [String] {
        guard let gap = address.firstRange(of: "::") else { return parts(address[...]) }
        let (head, tail) = (parts(address[..<gap.lowerBound]), parts(address[gap.upperBound...]))
        return head + Array(repeating: "0", count: max(0, 8 - head.count - tail.count)) + tail
    }

    private static func parts(_ text: Substring) -> [String] {
        text.split(separator: ":").map { group in
            let digits = group.lowercased().drop { $0 == "0" }
            return digits.isEmpty ? "0" : String(digits)
        }
    }
}
