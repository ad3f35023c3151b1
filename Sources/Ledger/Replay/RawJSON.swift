import JSON

/// A JSON text as the sent bytes. A member is changed in place, and every other byte stays: white space, escapes,
/// halves of surrogate pairs, repeated keys.
///
/// Paths are those of `JSONValue.value(at:)`. Of a repeated key the last member is used, as by every reader here.
public struct RawJSON: Sendable {
    /// The text, with the byte order mark that it may begin with.
    public var text: [UInt8] { mark + bytes }
    private let mark: [UInt8]
    private var bytes: [UInt8]

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads a text; nil if it is not JSON that the ledger reads.
    public init?(_ text: [UInt8]) {
        mark = text.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
        bytes = mark.isEmpty ? text : Array(text.dropFirst(mark.count))
        guard isReadable else { return nil }
    }

    /// The bytes of the value at a path; nil when there is none.
    public func value(at path: [String]) -> [UInt8]? {
        var place = extent(from: 0)
        for step in path {
            switch bytes[place.lowerBound] {
            case UInt8(ascii: "{"):
                guard let member = members(in: place).last(where: { $0.key.utf8.elementsEqual(step.utf8) }) else {
                    return nil
                }
                place = member.value
            case UInt8(ascii: "["):
                guard let element = element(step, in: place) else { return nil }
                place = element
            default: return nil
            }
        }
        return Array(bytes[place])
    }

    /// Makes the changes, one after another.
    /// - Returns: the first one without a place, or that would nest too deeply; then nothing has changed.
    public mutating func make(_ changes: [FieldChange]) -> FieldChange? {
        var changed = self
        for change in changes where !changed.set(change.text, at: change.path) || !changed.isReadable { return change }
        self = changed
        return nil
    }

    private var isReadable: Bool { (try? JSONValue(parsing: bytes)) != nil }

    /// Sets the value at a path, as `JSONValue.set(_:at:)` does.
    private mutating func set(_ value: [UInt8], at path: [String]) -> Bool {
        var place = extent(from: 0)
        for (depth, step) in path.enumerated() {
            switch bytes[place.lowerBound] {
            case UInt8(ascii: "{"):
                let members = members(in: place)
                guard let member = members.last(where: { $0.key.utf8.elementsEqual(step.utf8) }) else {
                    let added = Self.member(step, Self.nested(value, in: path.dropFirst(depth + 1)))
                    let end = members.last?.value.upperBound
                    bytes.insert(
                        contentsOf: end == nil ? added : [UInt8(ascii: ",")] + added, at: end ?? place.lowerBound + 1)
                    return true
                }
                place = member.value
            case UInt8(ascii: "["):
                guard let element = element(step, in: place) else { return false }
                place = element
            case UInt8(ascii: "n"):
                bytes.replaceSubrange(place, with: Self.nested(value, in: path.dropFirst(depth)))
                return true
            default: return false
            }
        }
        bytes.replaceSubrange(place, with: value)
        return true
    }

    private static func member(_ key: String, _ value: [UInt8]) -> [UInt8] {
        JSONValue.string(key).serialized() + [UInt8(ascii: ":")] + value
    }

    /// A value within objects that are made for it.
    private static func nested(_ value: [UInt8], in path: ArraySlice<String>) -> [UInt8] {
        path.reversed().reduce(value) { [UInt8(ascii: "{")] + member($1, $0) + [UInt8(ascii: "}")] }
    }
}

/// Finding places. The text was parsed before, so every value is known to be complete.
extension RawJSON {
    private func members(in object: Range<Int>) -> [(key: String, value: Range<Int>)] {
        var found: [(key: String, value: Range<Int>)] = []
        var place = pastSpace(object.lowerBound + 1)
        while bytes[place] != UInt8(ascii: "}") {
            let key = extent(from: place)
            let value = extent(from: pastSpace(key.upperBound) + 1)
            let name = (try? JSONValue(parsing: Array(bytes[key])))?.string ?? ""
            found.append((name, value))
            place = pastComma(value.upperBound)
        }
        return found
    }

    private func element(_ step: String, in array: Range<Int>) -> Range<Int>? {
        guard let position = Int(step), position >= 0 else { return nil }
        var place = pastSpace(array.lowerBound + 1)
        var count = 0
        while bytes[place] != UInt8(ascii: "]") {
            let element = extent(from: place)
            if count == position { return element }
            count += 1
            place = pastComma(element.upperBound)
        }
        return nil
    }

    private func pastSpace(_ place: Int) -> Int {
        var place = place
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
        return place
    }

    private func pastComma(_ place: Int) -> Int {
        let next = pastSpace(place)
        return bytes[next] == UInt8(ascii: ",") ? pastSpace(next + 1) : next
    }

    /// Where the next value begins and ends.
    private func extent(from place: Int) -> Range<Int> {
        let start = pastSpace(place)
        var place = start
        var depth = 0
        repeat {
            switch bytes[place] {
            case UInt8(ascii: "\""): place = pastString(place)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                place += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09: place += 1
            default: place = pastWord(place)
            }
        } while depth > 0
        return start..<place
    }

    private func pastString(_ start: Int) -> Int {
        var place = start + 1
        while bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
        return place + 1
    }

    /// The end of a number, of `true`, `false` or `null`.
    private func pastWord(_ start: Int) -> Int {
        var place = start
        while place < bytes.count, !Self.endOfWord.contains(bytes[place]) { place += 1 }
        return place
    }

    private static let endOfWord: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09, 0x2C, 0x5D, 0x7D]
}
