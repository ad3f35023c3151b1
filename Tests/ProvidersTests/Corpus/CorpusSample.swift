import Foundation
import JSON
import Providers
import Testing
import Verification
import Webhooks

/// A file of `samples/`, with the same ids and times at each reading.
struct CorpusSample: Sendable, CustomTestStringConvertible {
    let provider: String
    let name: String
    let delivery: Delivery

    var testDescription: String { "\(provider)/\(name)" }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../samples")
        .standardizedFileURL

    /// Every sample, in the order of their names.
    static let all: [CorpusSample] = {
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().compactMap { path in
                let steps = path.split(separator: "/")
                guard steps.count > 1, path.hasSuffix(".json"), steps[0] != "expected" else { return nil }
                return try CorpusSample(
                    String(steps[0]), String(steps.dropFirst().joined(separator: "/").dropLast(5)),
                    folder.appending(path: path))
            }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    /// What is said of each sample, by provider and name.
    static let expected: [String: JSONObject] = {
        do {
            var tables: [String: JSONObject] = [:]
            let folder = folder.appending(path: "expected")
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".json") {
                let text = try Data(contentsOf: folder.appending(path: file))
                tables[String(file.dropLast(5))] = try JSONValue(parsing: Array(text)).object
            }
            return tables
        } catch {
            Issue.record(error)
            return [:]
        }
    }()

    private init(_ provider: String, _ name: String, _ file: URL) throws {
        let template = Self.filled(try JSONValue(parsing: Array(Data(contentsOf: file))))
        var fields = (template["headers"]?.object?.members ?? []).map {
            HeaderFields.Field(name: $0.key, value: $0.value.identifier ?? "")
        }
        var body = template["body"]?.serialized() ?? []
        if let form = template["form"]?.object {
            body = Array(
                form.members.map { "\($0.key)=\(PercentEncoding.encode($0.value.string ?? ""))" }.joined(separator: "&")
                    .utf8)
        }
        if !fields.contains(where: { $0.name.lowercased() == "content-type" }) {
            let type = template["form"] == nil ? "application/json" : "application/x-www-form-urlencoded"
            fields.append(HeaderFields.Field(name: "Content-Type", value: type))
        }
        self.provider = provider
        self.name = name
        delivery = ProvidersTests.delivery(fields, body: body)
    }

    private static let values = [
        "{id}": "5eed5eed5eed5eed", "{digits}": "1000000000001001", "{number}": "1000000000001001",
        "{seconds}": "1735380000", "{milliseconds}": "1735380000000", "{rfc3339}": "2024-12-28T10:00:00Z",
        "{gmt}": "2024-12-28T10:00:00",
    ]

    private static func filled(_ template: JSONValue) -> JSONValue {
        switch template {
        case .string(let text):
            let filled = values.reduce(text) { $0.replacing($1.key, with: $1.value) }
            let isNumber = ["{number}", "{seconds}", "{milliseconds}"].contains(text)
            return isNumber ? JSONNumber(literal: filled).map(JSONValue.number) ?? template : .string(filled)
        case .array(let elements): return .array(elements.map(filled))
        case .object(let object):
            return .object(object.members.reduce(into: JSONObject()) { $0[$1.key] = filled($1.value) })
        default: return template
        }
    }

    /// The contract that it is of; `custom` stands for every scheme that the configuration describes.
    func contract() throws -> any Provider {
        try #require(
            ProviderRegistry.named(provider == "custom" ? "api_key" : provider),
            "samples/\(provider) names no provider of ProviderRegistry")
    }

    /// The event, under other headers beside its own or in their place; nil where it is a handshake.
    func event(_ headers: [(String, String)] = []) throws -> Event? {
        let contract = try contract()
        var sent = delivery
        let names = Set(headers.map { $0.0.lowercased() })
        sent.headers = HeaderFields(
            delivery.headers.fields.filter { !names.contains($0.name) }.map { ($0.name, $0.value) } + headers)
        if contract.handshake(sent, keyring: ring) != nil { return nil }
        let verified = try contract.scheme.verify(sent, keyring: ring, policy: .none, now: noon)
        if contract.challenge(verified) != nil { return nil }
        return try normalize(verified, by: contract).event
    }
}
