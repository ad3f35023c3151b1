import Platform
import Verification
public import Webhooks

/// Changes genuine deliveries at random, and invents others.
public struct Forger {
    private let genuine: GenuineDelivery
    private var generator: SplitMix64

    /// A forger of that delivery; the same seed makes the same forgeries.
    public init(_ genuine: GenuineDelivery, seed: UInt64) {
        self.genuine = genuine
        generator = SplitMix64(seed: seed)
    }

    /// The next forgery; by chance it may mean the same as the genuine one.
    public mutating func next() -> Delivery {
        var forged = genuine.delivery
        switch number(10) {
        case 0..<5: forged.body = changed(forged.body)
        case 5..<8: changeHeader(of: &forged)
        case 8:
            forged.body = changed(forged.body)
            changeHeader(of: &forged)
        default:
            forged.body = invented(64)
            forged.headers = HeaderFields(
                genuine.scheme.securityHeaders.map { (name: $0, value: String(decoding: invented(12), as: UTF8.self)) })
        }
        if genuine.scheme.signsURL, number(4) == 0 {
            forged.query = String(decoding: changed(Array(forged.query.utf8)), as: UTF8.self)
        }
        return forged
    }

    private static let pieces = [
        "v1", "v1a", "s", "t", "v0", "sha256", "sha1", "=", ",", " ", ";", ".", ":", "1700000000", "-1", "Infinity",
        "1e3", "\u{e9}", "\u{301}", "\u{FFFD}", "AAAA", "====", String(repeating: "0", count: 64),
        String(repeating: "A", count: 43) + "=", String(repeating: "A", count: 86) + "==", "\t", "Bearer", "Basic ",
        "{", "}", "[", "\"", "\\u0000", "%41", "&", "+", "null", "eyJhbGciOiJlY2RzYSJ9", "Signature", "1",
    ].map { Array($0.utf8) }

    private mutating func number(_ limit: Int) -> Int { Int(generator.next() % UInt64(max(1, limit))) }

    private mutating func invented(_ most: Int) -> [UInt8] {
        (0..<number(most)).flatMap { _ in
            number(4) == 0 ? [UInt8(truncatingIfNeeded: generator.next())] : Self.pieces[number(Self.pieces.count)]
        }
    }

    private mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(3) {
            let place = number(bytes.count)
            switch number(6) {
            case 0, 1: if !bytes.isEmpty { bytes[place] &+= UInt8(1 + number(255)) }
            case 2: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
            case 3: if !bytes.isEmpty { bytes.remove(at: place) }
            case 4: bytes.insert(contentsOf: Self.pieces[number(Self.pieces.count)], at: place)
            default:
                // A part of it again, elsewhere.
                let end = place + number(min(40, bytes.count - place))
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: number(bytes.count))
            }
        }
        return bytes
    }

    private mutating func changeHeader(of delivery: inout Delivery) {
        let names = genuine.scheme.securityHeaders.filter { delivery.headers[$0] != nil }
        guard !names.isEmpty else { return }
        let name = names[number(names.count)]
        let kind = number(8)
        var fields: [(name: String, value: String)] = []
        for field in delivery.headers.fields {
            guard field.name == name else {
                fields.append((name: field.name, value: field.value))
                continue
            }
            switch kind {
            case 0: break
            case 1: fields += [(name: name, value: field.value), (name: name, value: field.value)]
            case 2: fields.append((name: name, value: String(decoding: invented(12), as: UTF8.self)))
            default:
                fields.append((name: name, value: String(decoding: changed(Array(field.value.utf8)), as: UTF8.self)))
            }
        }
        delivery.headers = HeaderFields(fields)
    }
}
