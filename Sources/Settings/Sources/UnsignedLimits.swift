/// The limits of a source's unsigned deliveries.
public struct UnsignedLimits: Sendable, Hashable {
    /// The largest unsigned body, in bytes; nil for the source's own limit.
    public let bodyLimit: Int?
    /// How many unsigned deliveries from one peer in a minute; nil for no limit.
    public let perMinute: Int?

    /// 64 KiB and 60 a minute: the default for a source with signed and unsigned deliveries.
    public static let standard = UnsignedLimits(bodyLimit: 65_536, perMinute: 60)
    /// None: the default for a source without verification.
    public static let none = UnsignedLimits(bodyLimit: nil, perMinute: nil)

    /// Limits of those numbers.
    public init(bodyLimit: Int?, perMinute: Int?) {
        self.bodyLimit = bodyLimit
        self.perMinute = perMinute
    }

    /// Reads `unsigned:` of a source; 0 is no limit.
    struct Written: Sendable {
        var bodyLimit: Int?
        var perMinute: Int?

        func limits(else standard: UnsignedLimits) -> UnsignedLimits {
            func limit(_ written: Int?, _ standard: Int?) -> Int? {
                guard let written else { return standard }
                return written == 0 ? nil : written
            }
            return UnsignedLimits(
                bodyLimit: limit(bodyLimit, standard.bodyLimit), perMinute: limit(perMinute, standard.perMinute))
        }
    }

    static func read(_ source: Section) -> Written {
        let section = source.section("unsigned", keys: ConfigurationKeys.unsigned)
        return Written(
            bodyLimit: section?.integer("body_limit", 0...(64 << 20)),
            perMinute: section?.integer("per_minute", 0...1_000_000))
    }
}
