/// The demands of a scheme on signatures as RFC 9421 has them, where the sender says what is signed.
public struct SignatureRule: Sendable, Hashable {
    /// The components that a signature must cover, such as `@path` and `content-digest`; our own signatures cover them in
    /// this order, and the query where there is one.
    public var components: [String]
    /// The application's `tag` that a signature must have; nil for any.
    public var tag: String?
    /// The covered header that identifies an event in all attempts of its sender; nil when none does.
    public var id: String?
    /// The label of our own signatures.
    public var label = "sig1"

    /// A rule of those parts.
    public init(components: [String], tag: String? = nil, id: String? = nil) {
        self.components = components
        self.tag = tag
        self.id = id
    }

    /// The components that identify a request and its body: where none are configured.
    public static let standardComponents = ["@method", "@authority", "@path", "content-digest"]

    /// Whether the body is signed, by its digest.
    var coversBody: Bool { components.contains(ContentDigest.header) }

    /// The components that have another one within them.
    static func components(with name: String) -> [String] {
        switch name {
        case "@path", "@query": [name, "@request-target", "@target-uri"]
        case "@authority", "@scheme": [name, "@target-uri"]
        case "@request-target": [name, "@target-uri"]
        default: [name]
        }
    }

    /// The names of derived components of a request (RFC 9421, section 2.2) that need no parameter.
    public static let derivedComponents = [
        "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query",
    ]
}
