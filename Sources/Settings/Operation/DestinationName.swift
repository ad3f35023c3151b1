/// The names of a place that requests go to: `host:port`, or its host alone.
public enum DestinationName {
    /// - Parameter destination: host and port, in lower case, such as `api.example.com:443` or `[::1]:8025`.
    /// - Returns: it and its host, the more exact one first.
    public static func names(of destination: String) -> [String] {
        // The last colon, because an IPv6 address has others.
        [destination] + (destination.lastIndex(of: ":").map { [String(destination[..<$0])] } ?? [])
    }

    /// Whether a text may be a host, with or without a port; letter case aside.
    public static func isValid(_ text: String) -> Bool {
        (1...261).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "-._:[]".utf8.contains(byte)
                }
            }
    }
}
