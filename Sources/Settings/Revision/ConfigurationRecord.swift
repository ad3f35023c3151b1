import Crypto
import JSON

/// The content of a configuration, without secrets: two that have the same are one revision.
///
/// The file refers to secrets and never has one in it. Its comments are left out, because they may; of the variables beside
/// it only the names are kept, and the values of the guides' flags.
public struct ConfigurationRecord: Sendable, Hashable {
    /// The file and the variables, as JSON.
    public let content: String
    /// SHA-256 of ``content``.
    public let hash: [UInt8]
    /// SHA-256 of the file alone, which every program can read.
    public let fileHash: [UInt8]

    /// - Parameters:
    ///   - file: the document.
    ///   - variables: `NAME`, or `NAME=value` of those that are no secret, sorted.
    init(file: YAMLNode, variables: [String]) {
        let file = file.json
        let content: JSONValue = ["file": file, "variables": .array(variables.map { .string($0) })]
        self.init(content: content.storableText, file: file.storableText)
    }

    /// A record of these texts, both JSON.
    package init(content: String, file: String) {
        self.content = content
        hash = Digest.sha256.hash(Array(content.utf8))
        fileHash = Digest.sha256.hash(Array(file.utf8))
    }
}

extension YAMLNode {
    /// The same as JSON; single values as they were written.
    fileprivate var json: JSONValue {
        switch value {
        case .scalar(let scalar): scalar.isNull ? .null : .string(scalar.text)
        case .sequence(let nodes): .array(nodes.map(\.json))
        case .mapping(let entries):
            .object(JSONObject(distinct: entries.map { JSONObject.Member(key: $0.key, value: $0.value.json) }))
        }
    }
}
