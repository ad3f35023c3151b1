/// The place of signatures in a request and the form of their text.
public struct SignatureLocation: Sendable, Hashable {
    /// The place of the text with the signatures.
    public var place: Place
    /// The format of that text.
    public var format: Format
    /// The prefix of each signature, such as `sha256=`.
    public var prefix: Prefix

    /// A location of those parts.
    public init(_ place: Place, _ format: Format = .plain, prefix: Prefix = .none) {
        self.place = place
        self.format = format
        self.prefix = prefix
    }

    /// One header (name in lower case) that holds one signature.
    public static func header(_ name: String, prefix: Prefix = .none) -> SignatureLocation {
        SignatureLocation(.headers([name]), prefix: prefix)
    }

    /// The place of the text with the signatures. Header names are in lower case.
    public enum Place: Sendable, Hashable {
        /// In a header: the first of these names that was sent; the others are alternative spellings.
        case headers([String])
        /// In headers named with that prefix and a number from 1 to `upTo`, as many as were sent.
        case numberedHeaders(prefix: String, upTo: Int)
        /// In the field of the JSON body at that path (keys or positions in arrays).
        case jsonField([String])
        /// In the member `signature` of a JSON object that a header holds in base64 (eBay). Members of these names
        /// must have these values, letter case aside.
        case encodedJSON(header: String, members: [String: String])
        /// In the query parameter of that name.
        case query(String)
        /// In the headers `Signature-Input` and `Signature` (RFC 9421), under a label of the sender's.
        case messageSignature
    }

    /// The format of a text with signatures.
    public enum Format: Sendable, Hashable {
        /// The text is one signature.
        case plain
        /// `t=1,v1=ab,v1=cd`: pairs with that separator, the signatures under that key, which may come repeatedly.
        case pairs(separator: Character, key: String)
        /// `v1,ab v1,cd v2,ef`: separated by spaces, each with its version before a comma; the others are skipped.
        case versions(String)
        /// `1700000000,ab,cd`: with that separator, signatures from that position (counted from 0) on.
        case positions(separator: Character, from: Int)
        /// `ab,cd`: several signatures with that separator.
        case several(separator: Character)
    }

    /// The prefix of a signature.
    public enum Prefix: Sendable, Hashable {
        /// Nothing.
        case none
        /// That text, always: a signature without it is malformed.
        case required(String)
        /// That text, or nothing.
        case optional(String)
        /// That word in any letter case and spaces, always: the scheme of an `Authorization` header (RFC 9110 11.4).
        case word(String)
    }

    /// The names of the headers with signatures.
    var headerNames: [String] {
        switch place {
        case .headers(let names): names
        case .numberedHeaders(let prefix, let upTo): upTo < 1 ? [] : (1...upTo).map { "\(prefix)\($0)" }
        case .encodedJSON(let header, _): [header]
        case .messageSignature: [MessageSignature.inputHeader, MessageSignature.signatureHeader]
        case .jsonField, .query: []
        }
    }
}
