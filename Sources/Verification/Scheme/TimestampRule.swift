/// Where the time of signing stands, how it is written, and how far it may be from the present.
public struct TimestampRule: Sendable, Hashable {
    /// Where it stands.
    public var place: Place
    /// How it is written.
    public var unit: Unit
    /// How many seconds it may lie in the past or in the future; nil for any, where the scheme demands nothing.
    public var tolerance: Int64?

    /// A rule of those parts.
    public init(_ place: Place, unit: Unit = .seconds, tolerance: Int64? = 300) {
        self.place = place
        self.unit = unit
        self.tolerance = tolerance
    }

    /// Where the time of signing stands.
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

    /// How the time of signing is written.
    public enum Unit: Sendable, Hashable {
        /// Whole seconds since 1970: digits only.
        case seconds
        /// Whole milliseconds since 1970: digits only.
        case milliseconds
        /// RFC 3339 text.
        case rfc3339
    }
}
