import Crypto
import Platform
import Verification
import Webhooks

/// The content of one file of the spool: deliveries one after the other, each after a line with its length, the key's
/// name and the key's authentication code. So a truncated or damaged file yields only its intact deliveries, and a
/// foreign file in the folder is not imported.
enum SpoolSegment {
    private static let mark = "hookledger-spool-2"
    /// The previous version's format, with a plain SHA-256 and unmasked credentials: still read, no longer written.
    private static let oldMark = "hookledger-spool-1"
    private static let purpose = "spooled delivery"

    static func bytes(_ deliveries: [SpooledDelivery], key: CredentialKey) -> [UInt8] {
        deliveries.reduce(into: []) { bytes, delivery in
            let content = delivery.bytes
            let code = Hex.encode(key.code(of: content, as: purpose))
            bytes += Array("\(mark) \(content.count) \(key.id) \(code)\n".utf8)
            bytes += content
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// The deliveries before the first faulty one.
    /// - Returns: them, and the fault of the next; nil at the end of the file.
    static func read(_ bytes: [UInt8], key: CredentialKey) -> (deliveries: [SpooledDelivery], fault: String?) {
        var deliveries: [SpooledDelivery] = []
        var left = bytes[...]
        while !left.isEmpty {
            do throws(Fault) {
                let (delivery, rest) = try first(of: left, key)
                deliveries.append(delivery)
                left = rest
            } catch {
                return (deliveries, error.text)
            }
        }
        return (deliveries, deliveries.isEmpty ? Fault.torn.text : nil)
    }

    private static func first(
        of bytes: ArraySlice<UInt8>, _ key: CredentialKey
    ) throws(Fault) -> (SpooledDelivery, ArraySlice<UInt8>) {
        guard let end = bytes.prefix(192).firstIndex(of: UInt8(ascii: "\n")) else { throw .torn }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ").map(String.init)
        let rest = bytes[(end + 1)...]
        guard words.count > 2, let length = Int(words[1]), length >= 0, length < rest.count else { throw .torn }
        let content = Array(rest.prefix(length))
        let after = rest.dropFirst(length)
        guard after.first == UInt8(ascii: "\n") else { throw .torn }
        switch (words[0], words.count) {
        case (mark, 4):
            guard words[2] == key.id else { throw .otherKey(words[2], own: key.id) }
            guard let code = Hex.decode(words[3]),
                Mutation.isOn("spool-is-not-authenticated")
                    || constantTimeEquals(code, key.code(of: content, as: purpose))
            else {
                throw .notAuthentic
            }
        case (oldMark, 3):
            guard Hex.encode(Digest.sha256.hash(content)) == words[2] else { throw .torn }
        default: throw .torn
        }
        guard let delivery = SpooledDelivery(bytes: content[...]) else { throw .torn }
        return (delivery, after.dropFirst())
    }

    private enum Fault: Error {
        case torn
        case otherKey(String, own: String)
        case notAuthentic

        var text: String {
            switch self {
            case .torn: "is truncated, or is not a spool file"
            case .otherKey(let other, let own):
                "was written with another key: it names \(other.prefix(8)), this host has \(own); "
                    + "every host needs the same file"
            case .notAuthentic: "contains a record that is damaged or was written without the key"
            }
        }
    }
}
