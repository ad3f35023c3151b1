/// The place, format and tolerance of the time of signing.
public struct TimestampRule: Sendable, Hashable {
    /// Its place.
    public var place: Place
    /// Its format.
    public var unit: Unit
    /// How many seconds it may be in the past or the future; nil for any.
    public var tolerance: Int64?

    /// A rule of those parts.
    public init(_ place: Place, unit: Unit = .seconds, tolerance: Int64? = 300) {
        self.place = place
        self.unit = unit
        self.tolerance = tolerance
    }

    /// The place of the time of signing.
    public enum Place: Sendable, Hashable {
        /// In the header of that name (in lower case).
        case header(String)
        /// Beside the signatures, in the pair of that key.
        case pair(key: String)
        /// Beside the signatures, at that position, counted from 0.
        case position(Int)
        /// In the field of the JSON body at that path (keys or positions in arrays).
        case jsonField([String])
    }

    /// The format of the time of signing.
    public enum Unit: Sendable, Hashable {
        /// Whole seconds since 1970: digits only.
        case seconds
        /// Whole milliseconds since 1970: digits only.
        case milliseconds
        /// RFC 3339 text.
        case rfc3339
    }
}
