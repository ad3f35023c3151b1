import Crypto
import JSON
import Ledger
import Platform
import Verification
import Webhooks

/// A sample delivery from a file of `samples/`, with fresh ids and times.
struct Sample {
    /// Header fields beside the signature.
    var headers: HeaderFields
    /// The body as JSON; nil for a form or other bytes.
    private var json: JSONValue?
    private var bytes: [UInt8]
    /// The end of the path that it is for; nil for the source's first one.
    let path: String?

    /// The body as sent.
    var body: [UInt8] { json?.serialized() ?? bytes }

    /// Reads a sample, whose type is one of those of the provider.
    init(_ provider: String, type: String, in folder: String, now: Timestamp) throws {
        let provider = Self.folder(of: provider, in: folder)
        let file = "\(folder)/\(provider)/\(type).json"
        let template = FreshValues(now: now).filled(try JSONValue(parsing: try Files.read(file)))
        path = template["path"]?.string
        json = template["body"]
        bytes = []
        headers = HeaderFields((template["headers"]?.object?.members ?? []).map { ($0.key, Self.text($0.value)) })
        if let form = template["form"]?.object {
            bytes = Array(
                form.members.map {
                    "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value.string ?? ""))"
                }
                .joined(separator: "&").utf8)
        }
        if headers["content-type"] == nil {
            headers.append(
                name: "content-type", value: json == nil ? "application/x-www-form-urlencoded" : "application/json")
        }
    }

    /// The text of a header: one that is only a placeholder may have become a number.
    private static func text(_ value: JSONValue) -> String {
        if case .number(let number) = value { number.text } else { value.string ?? "" }
    }

    /// Uses the body of a file instead.
    mutating func replaceBody(_ body: [UInt8]) {
        json = nil
        bytes = body
    }

    /// Sets a field of the JSON body: a value that is JSON as such, any other as text.
    /// - Throws: `UsageError` when there is no such place.
    mutating func set(_ assignment: String) throws {
        guard let change = FieldChange(assignment) else {
            throw UsageError("--set takes PATH=VALUE, such as data.order_status=IN_TRANSIT")
        }
        guard json == nil ? false : json?.make([change]) == nil else {
            throw UsageError("the sample's body has no member \(change.name)")
        }
    }

    /// The types that a provider has samples of.
    static func types(_ provider: String, in folder: String) throws -> [String] {
        let root = "\(folder)/\(Self.folder(of: provider, in: folder))"
        return try Files.list(root).sorted().flatMap { name -> [String] in
            if name.hasSuffix(".json") { return [String(name.dropLast(5))] }
            return try Files.list("\(root)/\(name)").sorted().map { "\(name)/\($0.dropLast(5))" }
        }
    }

    private static func folder(of provider: String, in folder: String) -> String {
        let same = ["standard_webhooks_v1a": "standard_webhooks"]
        let name = same[provider] ?? provider
        return Files.exists("\(folder)/\(name)") ? name : "custom"
    }
}
