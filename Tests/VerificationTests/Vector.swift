import Crypto
import Foundation
import JSON
import Testing
import Verification
import Webhooks

/// One case of `Vectors/signatures.json`.
///
/// `provider` is the name of the preset, `now` the time of the check in seconds (default 1,700,000,000), `url` the URL of
/// the request (default https://shop.example/hook), `credentials` the static values that the scheme signs. The rest is for
/// people: `scheme` and `why` in a few words, `source` the place where the case was found, and `published` false for a
/// signature that was computed here.
struct Vector: Sendable, CustomTestStringConvertible {
    let id: String
    let provider: String
    let isValid: Bool
    let delivery: Delivery
    let keyring: Keyring
    let now: Timestamp
    /// Whether its timestamp is a placeholder, so that only the signature counts.
    let hasPlaceholderTime: Bool

    var testDescription: String { id }

    init(_ json: JSONValue) throws {
        id = try #require(json["id"]?.string)
        provider = try #require(json["provider"]?.string)
        isValid = try #require(json["valid"]?.bool as Bool?)
        let headers = try #require(json["headers"]?.object).members.map { (name: $0.key, value: $0.value.string ?? "") }
        let url = json["url"]?.string ?? "https://shop.example/hook"
        let scheme = url.prefix { $0 != ":" }
        let rest = url.dropFirst(scheme.count + 3)
        let host = rest.prefix { $0 != "/" }
        let target = rest.dropFirst(host.count).split(separator: "?", maxSplits: 1)
        now = try #require(Timestamp(seconds: json["now"]?.integer ?? 1_700_000_000))
        delivery = Delivery(
            requestID: id, receivedAt: now, method: json["method"]?.string ?? "POST", scheme: String(scheme),
            host: String(host), path: String(target[0]), query: target.count > 1 ? String(target[1]) : "",
            headers: HeaderFields(headers), body: Array(try #require(json["body"]?.string).utf8))
        let credentials = json["credentials"]?.object?.members ?? []
        keyring = Keyring(
            secrets: [SigningSecret(keyID: id, secret: SecretBytes(Array(try #require(json["secret"]?.string).utf8)))],
            credentials: Dictionary(
                credentials.map { ($0.key, SecretBytes(Array(($0.value.string ?? "").utf8))) },
                uniquingKeysWith: { a, _ in a }))
        hasPlaceholderTime = headers.contains { $0.value == "TIMESTAMP" }
    }

    /// All cases of the file.
    static let all: [Vector] = {
        do {
            let file = try #require(
                Bundle.module.url(forResource: "signatures", withExtension: "json", subdirectory: "Vectors"))
            return try #require(try JSONValue(parsing: Array(Data(contentsOf: file))).array).map { try Vector($0) }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    /// The cases whose scheme is a preset, with it.
    static let ofPresets: [(Vector, Scheme)] = all.compactMap { vector in
        Scheme.named(vector.provider).map { (vector, $0) }
    }
}
