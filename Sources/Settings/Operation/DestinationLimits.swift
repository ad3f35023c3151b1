/// How much each destination takes, where the configuration says so.
public struct DestinationLimits: Sendable, Hashable {
    /// The limits of one destination.
    public struct Limit: Sendable, Hashable {
        /// The least time between two requests, in milliseconds; nil for no such limit.
        public let interval: Int64?
        /// The most simultaneous requests; nil for the limit of all destinations.
        public let concurrency: Int?

        /// A limit of those values.
        public init(interval: Int64?, concurrency: Int?) {
            self.interval = interval
            self.concurrency = concurrency
        }
    }

    /// By host, or host and port, in lower case.
    private let limits: [String: Limit]

    /// - Parameter limits: by host, or host and port, in lower case.
    public init(_ limits: [String: Limit] = [:]) { self.limits = limits }

    /// The limit of a destination, and the name under which it is configured: with its port if both are. All ports of a host
    /// share the limit of the host.
    public func limit(of destination: String) -> (name: String, limit: Limit)? {
        if limits.isEmpty { return nil }
        return DestinationName.names(of: destination).lazy.compactMap { name in limits[name].map { (name, $0) } }.first
    }

    /// Reads `batch.destinations:`.
    static func read(_ batch: Section?) -> DestinationLimits {
        guard let table = batch?.section("destinations", keys: nil) else { return DestinationLimits() }
        var limits: [String: Limit] = [:]
        for entry in table.all {
            guard DestinationName.isValid(entry.key) else {
                table.problems.error(
                    entry.line,
                    "\(table.path) must name hosts such as api.example.com or 127.0.0.1:8025, not \(table.quoted(entry.key))"
                )
                continue
            }
            guard let section = table.section(entry.key, keys: BatchKeys.destination.names) else { continue }
            let limit = Limit(
                interval: BatchKeys.rate.value(in: section), concurrency: BatchKeys.concurrency.value(in: section))
            if limit.interval == nil, limit.concurrency == nil, section.all.isEmpty {
                table.problems.error(entry.line, "\(section.path) must have rate or concurrency")
            }
            limits[entry.key.lowercased()] = limit
        }
        return DestinationLimits(limits)
    }
}

/// A number of requests in a time, such as `10/s`.
enum RateText {
    static let form = "a number with /s, /min or /h; at most 1000/s"

    /// - Returns: the least time between two requests in milliseconds, rounded up; nil for anything else.
    static func interval(_ text: String) -> Int64? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let units: [Substring: Int64] = ["s": 1000, "min": 60_000, "h": 3_600_000]
        guard parts.count == 2, let unit = units[parts[1]], parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
            let count = Int64(parts[0]), count > 0, count <= unit
        else { return nil }
        return (unit + count - 1) / count
    }
}
