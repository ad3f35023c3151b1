import Crypto
import JSON
import Providers
public import Verification
public import Webhooks

/// A spooled delivery: the request, and the contract that accepted it. The results of verification and normalization
/// are not stored: both are done again at the import.
public struct SpooledDelivery: Sendable {
    /// The configured sender.
    public let source: String
    /// The name of the provider by whose contract it was verified.
    public let provider: String
    /// The delivery; `receivedAt` is the original time of receipt.
    public let delivery: Delivery
    /// The hash of the credential, which is masked in the delivery; nil if the scheme signs.
    public let credential: CredentialHash?

    /// A delivery of that source, accepted by that provider's contract.
    public init(source: String, provider: String, delivery: Delivery, credential: CredentialHash? = nil) {
        self.source = source
        self.provider = provider
        self.delivery = delivery
        self.credential = credential
    }

    /// The delivery that waits to be recorded, as received: it will be verified again.
    /// - Parameter key: hashes the delivered credential.
    public init(_ recordable: Recordable, key: CredentialKey) {
        self.init(
            source: recordable.source, provider: recordable.event.provider, delivery: recordable.normalized.received,
            credential: recordable.normalized.verified.presented.map { CredentialHash(of: $0, by: key) })
    }

    /// One line of JSON with everything but the body, a line feed, and the raw body.
    var bytes: [UInt8] {
        var head: JSONValue = [
            "source": .string(source), "provider": .string(provider), "request_id": .string(delivery.requestID),
            "received_at": .number(JSONNumber(delivery.receivedAt.microseconds)), "method": .string(delivery.method),
            "scheme": .string(delivery.scheme), "host": .string(delivery.host), "path": .string(delivery.path),
            "query": .string(delivery.query), "remote_addr": .string(delivery.remoteAddress),
            "headers": .array(delivery.headers.fields.map { [.string($0.name), .string($0.value)] }),
        ]
        if let credential {
            _ = head.set(
                ["key": .string(credential.keyID), "hash": .string(Hex.encode(credential.code))], at: ["credential"])
        }
        return head.serialized() + [UInt8(ascii: "\n")] + delivery.body
    }

    /// - Returns: nil for bytes that are not of that form.
    init?(bytes: ArraySlice<UInt8>) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let head = (try? JSONValue(parsing: Array(bytes[..<end])))?.object,
            let source = head["source"]?.string, let provider = head["provider"]?.string,
            let receivedAt = head["received_at"]?.integer, let path = head["path"]?.string,
            let headers = head["headers"]?.array
        else { return nil }
        func text(_ key: String) -> String { head[key]?.string ?? "" }
        let fields = headers.compactMap { field -> (name: String, value: String)? in
            guard let pair = field.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
                return nil
            }
            return (name, value)
        }
        guard fields.count == headers.count else { return nil }
        var credential: CredentialHash?
        if let kept = head["credential"] {
            guard let key = kept["key"]?.string, let code = Hex.decode(kept["hash"]?.string ?? "") else { return nil }
            credential = CredentialHash(keyID: key, code: code)
        }
        self.init(
            source: source, provider: provider,
            delivery: Delivery(
                requestID: text("request_id"), receivedAt: Timestamp(microseconds: receivedAt), method: text("method"),
                scheme: text("scheme"), host: text("host"), path: path, query: text("query"),
                headers: HeaderFields(fields), body: Array(bytes[(end + 1)...]), remoteAddress: text("remote_addr")),
            credential: credential)
    }
}
