/// The limits of a source's unsigned deliveries.
public struct UnsignedLimits: Sendable, Hashable {
    /// The largest unsigned body, in bytes; nil for the source's own limit.
    public let bodyLimit: Int?
    /// How many unsigned deliveries from one peer in a minute; nil for no limit.
    public let perMinute: Int?

    static let standardBodyLimit = 65_536
    static let standardPerMinute = 60
    /// The default for a source with signed and unsigned deliveries.
    public static let standard = UnsignedLimits(bodyLimit: standardBodyLimit, perMinute: standardPerMinute)
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
        let section = source.section("unsigned", keys: SourceKeys.unsigned.names)
        return Written(
            bodyLimit: SourceKeys.unsignedBodyLimit.value(in: section),
            perMinute: SourceKeys.unsignedPerMinute.value(in: section))
    }
}
