import JSON
import Platform

/// Reads JSON text.
func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

/// Whether bytes are taken as JSON.
func accepts(_ bytes: [UInt8]) -> Bool { (try? JSONValue(parsing: bytes)) != nil }

/// A text with one to four bytes changed, inserted or removed, or cut off.
func mutation(of text: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
    let interesting = Array("\"\\{}[]:,0-eE.tfnu".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC2, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
    var bytes = text
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = interesting.randomElement(using: &generator) ?? 0
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
    }
    return bytes
}

extension JSONValue {
    /// A random value of at most that depth.
    static func random(depth: Int, using generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &generator)))
        case 3:
            return JSONNumber(literal: "-0.5e+\(Int.random(in: 0..<999, using: &generator))").map(JSONValue.number)
                ?? .null
        case 4: return .string(randomText(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<20, using: &generator) {
                object[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }

    private static func randomText(using generator: inout SplitMix64) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let bound: UInt32 = [0x20, 0x80, 0x800, 0x11_0000].randomElement(using: &generator) ?? 0x80
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<bound, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }
}
