import JSON

/// Somebody else's body that quotes the person: only the person's values are removed.
extension PersonMatcher {
    /// - Returns: nil if nothing of the person is in it, so that it stays byte for byte.
    func scrubbed(body: [UInt8]) -> [UInt8]? {
        switch BodyForm(body) {
        case .json(let value): return scrubbed(value).map { $0.serialized() }
        case .form(let pairs):
            var isChanged = false
            var rest: [UInt8] = []
            for (index, pair) in pairs.enumerated() {
                if index > 0 { rest.append(UInt8(ascii: "&")) }
                rest += pair.name
                let name = BodyForm.lastName(of: BodyForm.text(pair.name))
                let text = BodyForm.text(pair.value)
                let hasSign = pair.value.startIndex > pair.name.endIndex
                if hasSign { rest.append(UInt8(ascii: "=")) }
                if let clean = scrubbedField(text, BodyPlace().inside(name, country: nil)) {
                    rest += Self.encoded(clean)
                    isChanged = true
                } else {
                    rest += pair.value
                }
            }
            return isChanged ? rest : nil
        case .text(let text): return scrubbed(text).map { Array($0.utf8) }
        }
    }

    /// - Returns: nil when nothing of the person is in it.
    func scrubbed(_ value: JSONValue) -> JSONValue? {
        scrubbed(value, BodyPlace(key: "", parent: "", isAside: false, country: country))
    }

    private func scrubbedField(_ text: String, _ place: BodyPlace) -> String? {
        if let inner = BodyForm.embedded(text) { return scrubbed(inner, place.embedded).map(\.text) }
        return scrubbed(text, place)
    }

    private func scrubbed(_ value: JSONValue, _ place: BodyPlace) -> JSONValue? {
        switch value {
        case .object(let object):
            var rest = JSONObject()
            var isChanged = false
            let country = BodyForm.country(of: object)
            for member in object.members {
                let key = scrubbed(member.key)
                let inner = scrubbed(member.value, place.inside(member.key, country: country))
                isChanged = isChanged || key != nil || inner != nil
                rest[key ?? member.key] = inner ?? member.value
            }
            return isChanged ? .object(rest) : nil
        case .array(let elements):
            let rest = elements.map { scrubbed($0, place) }
            guard rest.contains(where: { $0 != nil }) else { return nil }
            return .array(zip(rest, elements).map { $0 ?? $1 })
        case .string(let text): return scrubbedField(text, place).map(JSONValue.string)
        case .number(let number):
            guard place.isPhone, scrubbed(number.text, place) != nil else { return nil }
            return .string(Self.mark)
        default: return nil
        }
    }

    private static func encoded(_ text: String) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return text.utf8.flatMap { byte -> [UInt8] in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~".utf8.contains(byte)
            return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
