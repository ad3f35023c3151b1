public import Crypto

/// A condition on a request beside its signature, or one that distinguishes one form of a contract from another.
public struct Requirement: Sendable, Hashable {
    /// The field.
    public var field: RequestField
    /// The condition on it.
    public var test: Test
    /// Whether it also holds when the field is absent.
    public var isOptional: Bool

    /// A requirement of those parts.
    public init(_ field: RequestField, _ test: Test, isOptional: Bool = false) {
        self.field = field
        self.test = test
        self.isOptional = isOptional
    }

    /// A condition on a field.
    public enum Test: Sendable, Hashable {
        /// It is there.
        case present
        /// It is there and has one line: if lines are signed, a field with several lines would equal several fields.
        case oneLine
        /// It is a number with this many digits, so that it ends where it did when it was signed.
        case digits(Int)
        /// It is one of these texts, letter case aside.
        case among([String])
        /// It is an https URL, without user and port, of one of these hosts.
        case https([HostPattern])
        /// It is the digest of the raw body in hexadecimal digits, so that a signature over the field covers the body.
        case digestOfBody(Digest)
        /// It is one of the texts in the credential of that name, which spaces or commas part; if the credential is not
        /// configured, any value is accepted.
        case credential(String)
    }
}

/// A place in a request that holds one text.
public enum RequestField: Sendable, Hashable {
    /// The header of that name, in lower case.
    case header(String)
    /// The field of the JSON body at that path (keys or positions in arrays): see ``MessagePart/jsonField(_:)``.
    case jsonField([String])
    /// The first query parameter of that name, decoded.
    case query(String)
}
