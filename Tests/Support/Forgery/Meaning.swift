import Crypto
import JSON
import Verification
public import Webhooks

extension GenuineDelivery {
    /// Whether a changed delivery means the same as this one, as far as the scheme proves anything: then it may verify.
    ///
    /// Written without the engine's own parts, so that a mistake there is not made here, too.
    public func saysTheSame(_ changed: Delivery) -> Bool {
        bodySaysTheSame(changed.body) && headersSayTheSame(changed.headers)
            && (changed.url == delivery.url || !scheme.signsURL)
    }

    private func bodySaysTheSame(_ body: [UInt8]) -> Bool {
        if body == delivery.body || scheme.algorithm == .sharedSecret { return true }
        if scheme.message.contains(.bodyChecksum) { return CRC32.checksum(body) == CRC32.checksum(delivery.body) }
        if scheme.message.contains(.sortedFormFields) { return Self.form(body) == Self.form(delivery.body) }
        guard let paths = Self.signedPaths[scheme.name], let old = try? JSONValue(parsing: delivery.body),
            let new = try? JSONValue(parsing: body)
        else { return false }
        let (was, isNow) = (Self.signedTexts(old, paths), Self.signedTexts(new, paths))
        // Each item of a batch is signed on its own: nothing tells that one is missing or comes twice.
        return !isNow.isEmpty && Set(isNow).isSubset(of: was)
    }

    /// The signed part of a body, or of each item of a batch.
    private static func signedTexts(_ body: JSONValue, _ paths: [[String]]) -> [[String]] {
        (body["notificationItems"]?.array ?? [body]).map { item in
            paths.map { path in
                let text = text(item.value(at: path))
                // White space around a signature is no part of it.
                let isSignature = path.last?.hasSuffix("ignature") ?? false
                return isSignature ? text.split(whereSeparator: \.isWhitespace).joined(separator: " ") : text
            }
        }
    }

    private func headersSayTheSame(_ headers: HeaderFields) -> Bool {
        scheme.securityHeaders.allSatisfy { name in
            guard let old = delivery.headers[name] else { return headers[name] == nil }
            guard let new = headers[name], !headers.isRepeated(name) else { return false }
            // A further signature beside the genuine one says nothing, and white space between its parts neither.
            if scheme.rule != nil { return Self.dense(new).contains(Self.dense(old)) }
            return new == old || Self.codes(old).isSubset(of: Self.codes(new))
        }
    }

    private static func dense(_ value: String) -> String { value.filter { !$0.isWhitespace } }

    /// The words of a header that are long enough to be a signature; a signed id or a time has none, and must be equal.
    private static func codes(_ value: String) -> Set<String> {
        var words = Set(
            value.lowercased().split { $0.isWhitespace || ",=".contains($0) }.map(String.init).filter { $0.count > 20 })
        // The content of eBay's header in base64.
        if let bytes = Base64.decode(value), let code = try? JSONValue(parsing: bytes)["signature"]?.string {
            words = [code]
        }
        return words.isEmpty ? [value] : words
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let truth): "\(truth)"
        default: ""
        }
    }

    private static func form(_ body: [UInt8]) -> String {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.map { percentDecoded(String($0).replacing("+", with: " ")) }
        }
        let unique = Set(pairs.map { [$0[0], $0.count > 1 ? $0[1] : ""] })
        return unique.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { $0.joined() }.joined()
    }

    private static func percentDecoded(_ text: String) -> String {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)),
                code.count == 1
            {
                out += code
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let signedPaths: [String: [[String]]] = [
        "aws_sns": [
            "Type", "MessageId", "TopicArn", "Message", "Timestamp", "Subject", "SubscribeURL", "Token", "Signature",
        ].map { [$0] },
        "adyen": [
            "pspReference", "originalReference", "merchantAccountCode", "merchantReference", "eventCode", "success",
            "amount/value", "amount/currency", "additionalData/hmacSignature",
        ].map { ["NotificationRequestItem"] + $0.split(separator: "/").map(String.init) },
    ]
}
