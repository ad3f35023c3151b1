/// The header fields of a request in the order of arrival; names are compared without regard to case (RFC 9110 5.1).
public struct HeaderFields: Sendable, Hashable {
    /// One field as received, its name in lower case.
    public struct Field: Sendable, Hashable {
        /// The field name in lower case.
        public let name: String
        /// The field value as sent; bytes that are not UTF-8 are replaced by U+FFFD.
        public let value: String

        /// A field; the name is put in lower case.
        public init(name: String, value: String) {
            self.name = Self.isLowerCase(name) ? name : name.lowercased()
            self.value = value
        }

        /// Whether `lowercased()` would change nothing, as far as that is seen without making a text.
        private static func isLowerCase(_ name: String) -> Bool {
            let bytes = name.utf8.span
            for place in bytes.indices where bytes[place] >= 0x80 || (0x41...0x5A).contains(bytes[place]) {
                return false
            }
            return true
        }
    }

    /// The fields in order of arrival, repeated names included.
    public private(set) var fields: [Field]

    /// The given fields, in order.
    public init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    /// Adds a field at the end.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The value of the first field of that name, which must be given in lower case.
    public subscript(name: String) -> String? {
        for field in fields where field.name == name { return field.value }
        return nil
    }

    /// Whether a field of this name (in lower case) occurs more than once.
    ///
    /// nginx before 1.23 passes a repeated header on as two parameters, later ones join them with a comma; a signature,
    /// timestamp or id header that is repeated makes the delivery ambiguous, so it is refused.
    public func isRepeated(_ name: String) -> Bool {
        var seen = false
        for field in fields where field.name == name {
            if seen { return true }
            seen = true
        }
        return false
    }
}
