import Webhooks

/// The canonical form of a form body: what a sender signs who sorts its fields.
enum SignedForm {
    /// The fields decoded and sorted by name and then by value, each pair once: names and values one after the other.
    ///
    /// As bytes: text would make one of two fields that differ in what is no UTF-8.
    static func bytes(_ body: [UInt8]) -> [UInt8] {
        let pairs = body.split(separator: UInt8(ascii: "&")).map { pair in
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return [FormFields.decoded(sides[0]), sides.count > 1 ? FormFields.decoded(sides[1]) : []]
        }
        let unique = Set(pairs).sorted { a, b in
            a[0] == b[0] ? a[1].lexicographicallyPrecedes(b[1]) : a[0].lexicographicallyPrecedes(b[0])
        }
        return Array(unique.joined().joined())
    }
}
