public import Crypto

/// Something about a request that must hold beside its signature, or that tells one form of a contract from another.
public struct Requirement: Sendable, Hashable {
    /// What is looked at.
    public var field: RequestField
    /// What must be true of it.
    public var test: Test
    /// Whether it also holds when the field is absent.
    public var isOptional: Bool

    /// A requirement of those parts.
    public init(_ field: RequestField, _ test: Test, isOptional: Bool = false) {
        self.field = field
        self.test = test
        self.isOptional = isOptional
    }

    /// What must be true of a field.
    public enum Test: Sendable, Hashable {
        /// It is there.
        case present
        /// It is there, of one line: where lines are signed, one with several would be as good as several fields.
        case oneLine
        /// It is a number of so many digits, so that it ends where it did when it was signed.
        case digits(Int)
        /// It is one of these texts, letter case aside.
        case among([String])
        /// It is an https URL, without user and port, of one of these hosts.
        case https([HostPattern])
        /// It is the digest of the raw body in hexadecimal digits: then whatever signs the field signs the body.
        case digestOfBody(Digest)
        /// It is one of the texts in the credential of that name, which spaces or commas part; where the credential
        /// is not configured, anything goes.
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
