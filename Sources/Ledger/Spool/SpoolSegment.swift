import Crypto
import Webhooks

/// The content of one file of the spool: deliveries one after the other, each behind a line with its length and its
/// SHA-256, so that a file that a disk has cut or changed gives up what is whole and no more.
enum SpoolSegment {
    private static let mark = "hookledger-spool-1"

    static func bytes(_ deliveries: [SpooledDelivery]) -> [UInt8] {
        deliveries.reduce(into: []) { bytes, delivery in
            let content = delivery.bytes
            bytes += Array("\(mark) \(content.count) \(Hex.encode(Digest.sha256.hash(content)))\n".utf8)
            bytes += content
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// The deliveries in front of the first byte that is not as it was written.
    /// - Returns: them, and whether that is all of the file.
    static func read(_ bytes: [UInt8]) -> (deliveries: [SpooledDelivery], isWhole: Bool) {
        var deliveries: [SpooledDelivery] = []
        var left = bytes[...]
        while !left.isEmpty {
            guard let (delivery, rest) = first(of: left) else { return (deliveries, false) }
            deliveries.append(delivery)
            left = rest
        }
        return (deliveries, !deliveries.isEmpty)
    }

    private static func first(of bytes: ArraySlice<UInt8>) -> (SpooledDelivery, ArraySlice<UInt8>)? {
        guard let end = bytes.prefix(128).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        let rest = bytes[(end + 1)...]
        guard words.count == 3, words[0] == mark, let length = Int(words[1]), length >= 0, length < rest.count else {
            return nil
        }
        let content = rest.prefix(length)
        let after = rest.dropFirst(length)
        guard Hex.encode(Digest.sha256.hash(Array(content))) == words[2], after.first == UInt8(ascii: "\n"),
            let delivery = SpooledDelivery(bytes: content)
        else { return nil }
        return (delivery, after.dropFirst())
    }
}
