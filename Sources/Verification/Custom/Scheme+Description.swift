import Crypto
public import JSON

extension Scheme {
    /// A scheme as a configuration file describes it (`scheme:` of a source with the provider `custom`).
    ///
    /// | key | value | without it |
    /// |---|---|---|
    /// | `header` | the header of the signature, or a list of spellings | one of the three |
    /// | `query`, `json_field` | the query parameter, or the path in the JSON body, instead | |
    /// | `message` | a list: `body`, `timestamp`, `url`, `method`, `form`, `{ literal: … }`, `{ header: … }`, `{ credential: … }`, `{ json_field: … }`; signs such as `.` stand for themselves | `[body]` |
    /// | `format` | `plain`, `list`, `{ pairs: v1 }`, `{ versions: v1 }`, `{ positions: 1 }` | `plain` |
    /// | `separator` | what parts the items of a list, pairs or positions | `,` |
    /// | `prefix` | what stands before each signature; `prefix_optional: true` lets it be missing | none |
    /// | `algorithm` | `hmac`, `ed25519`, `ecdsa-sha1`, `ecdsa-sha256`, `rsa-sha1`, `rsa-sha256`, `shared-secret` | `hmac` |
    /// | `digest` | of `hmac`: `sha1`, `sha256`, `sha512` | `sha256` |
    /// | `encoding` | `hex`, `base64`, `base64url`, `text` | `hex` |
    /// | `key` | how the secret holds the key: `utf8`, `base64`, `hex`; `key_prefix` is taken off before base64 | `utf8` |
    /// | `timestamp` | `{ header: … }`, `{ pair: t }`, `{ position: 0 }` or `{ json_field: … }` | none |
    /// | `timestamp_unit` | `seconds`, `milliseconds`, `rfc3339` | `seconds` |
    /// | `tolerance` | seconds, or `none` | 300 |
    ///
    /// With `covered`, the scheme is RFC 9421's, and the sender's own headers say where its signature is:
    ///
    /// | key | value | without it |
    /// |---|---|---|
    /// | `covered` | the components that a signature must cover: headers, and `@method`, `@authority`, `@path` and so on; `content-digest` among them | another scheme |
    /// | `algorithm` | `hmac-sha256`, `ed25519`, `ecdsa-p256-sha256`, `rsa-pss-sha512`, `rsa-v1_5-sha256` | `hmac-sha256` |
    /// | `id` | the covered header that is the same in all attempts of one event, such as `webhook-id` | an equal body is the same event |
    /// | `tag` | the `tag` that a signature must have | any |
    /// | `key`, `key_prefix`, `tolerance` | as above; the tolerance of `created`, which every signature must have | |
    /// - Throws: every mistake at once.
    public init(describing description: JSONValue, name: String = "custom") throws(SchemeErrors) {
        guard let object = description.object else {
            throw SchemeErrors(problems: [SchemeProblem(path: [], message: "must be a section of keys")])
        }
        let reader = DescriptionReader(object)
        if reader["covered"] != nil {
            let scheme = reader.messageSignatures(name: name)
            guard let scheme, reader.problems.isEmpty else { throw SchemeErrors(problems: reader.problems) }
            self = scheme
            return
        }
        reader.reportUnknownKeys(Self.describingKeys + ["covered"])
        let algorithm = reader.algorithm()
        let signature = reader.signature()
        let timestamp = reader.timestampRule(beside: signature?.format)
        let message = reader.message(algorithm: algorithm, hasTimestamp: timestamp != nil)
        let key = reader.key(for: algorithm)
        let encoding = reader.choice("encoding", DescriptionReader.encodings) ?? .hex
        guard let signature, reader.problems.isEmpty else { throw SchemeErrors(problems: reader.problems) }
        self.init(
            name: name, message: message, algorithm: algorithm, key: key, encoding: encoding, signature: signature,
            timestamp: timestamp)
    }

    /// The keys of a description.
    static let describingKeys = [
        "header", "query", "json_field", "message", "format", "separator", "prefix", "prefix_optional", "algorithm",
        "digest", "encoding", "key", "key_prefix", "timestamp", "timestamp_unit", "tolerance",
    ]
}

extension DescriptionReader {
    static let encodings: [(word: String, value: SignatureEncoding)] = [
        ("hex", .hex), ("base64", .base64), ("base64url", .base64URL), ("text", .utf8),
    ]

    private static let digests: [(word: String, value: Digest)] = [
        ("sha1", .sha1), ("sha256", .sha256), ("sha512", .sha512),
    ]

    private static let algorithms: [(word: String, value: SignatureAlgorithm?)] = [
        ("hmac", nil), ("ed25519", .ed25519), ("ecdsa-sha1", .ecdsaSHA1), ("ecdsa-sha256", .ecdsaSHA256),
        ("rsa-sha1", .rsaSHA1), ("rsa-sha256", .rsaSHA256),
    ]

    fileprivate func algorithm() -> Scheme.Algorithm {
        let isShared = self["algorithm"]?.scalarText?.lowercased() == "shared-secret"
        let publicKey = isShared ? nil : choice("algorithm", Self.algorithms + [("shared-secret", nil)]) ?? nil
        if isShared || publicKey != nil, self["digest"] != nil { report(["digest"], "is for the algorithm hmac only") }
        if isShared { return .sharedSecret }
        if let publicKey { return .publicKey(publicKey) }
        return .hmac(choice("digest", Self.digests) ?? .sha256)
    }

    func key(for algorithm: Scheme.Algorithm) -> KeyDerivation {
        if case .publicKey(let publicKey) = algorithm {
            for key in ["key", "key_prefix"] where self[key] != nil {
                report([key], "has no effect with a public key, which is PEM (Ed25519 also hexadecimal or base64)")
            }
            return publicKey == .ed25519 ? .ed25519 : .pem
        }
        let prefix = text("key_prefix")
        let words: [(word: String, value: KeyDerivation)] = [
            ("utf8", .utf8), ("base64", .base64(prefix: prefix ?? "")), ("hex", .hex),
        ]
        let key = choice("key", words) ?? .utf8
        if prefix != nil, key == .utf8 || key == .hex { report(["key_prefix"], "is removed before base64 only") }
        return key
    }
}
