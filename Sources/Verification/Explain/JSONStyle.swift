import JSON

/// One way in which programs write JSON: the form of a body that a proxy parsed and wrote again.
struct JSONStyle {
    /// What stands between members, between key and value, and before each member on a line of its own.
    enum Layout: CaseIterable {
        case compact, spaced, oneSpace, twoSpaces, fourSpaces, tab

        var indent: String? {
            switch self {
            case .compact, .spaced: nil
            case .oneSpace: " "
            case .twoSpaces: "  "
            case .fourSpaces: "    "
            case .tab: "\t"
            }
        }

        var description: String {
            switch self {
            case .compact: "compact JSON"
            case .spaced: "JSON with a space after each comma and colon"
            case .oneSpace: "JSON on many lines, indented by one space"
            case .twoSpaces: "JSON on many lines, indented by two spaces"
            case .fourSpaces: "JSON on many lines, indented by four spaces"
            case .tab: "JSON on many lines, indented by tabs"
            }
        }
    }

    /// How characters beyond ASCII are written.
    enum Escapes: CaseIterable {
        case none, lower, upper

        var description: String {
            switch self {
            case .none: ""
            case .lower: ", other letters as \\u00e4"
            case .upper: ", other letters as \\u00E4"
            }
        }
    }

    let layout: Layout
    let escapes: Escapes
    let escapesSlash: Bool

    static let all = Layout.allCases.flatMap { layout in
        Escapes.allCases.flatMap { escapes in
            [false, true].map { JSONStyle(layout: layout, escapes: escapes, escapesSlash: $0) }
        }
    }

    var description: String {
        layout.description + escapes.description + (escapesSlash ? ", slashes as \\/" : "")
    }

    /// The value in this style.
    func write(_ value: JSONValue) -> [UInt8] {
        var out = ""
        write(value, depth: 0, into: &out)
        return Array(out.utf8)
    }

    private func write(_ value: JSONValue, depth: Int, into out: inout String) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            write(elements, "[", "]", depth, &out) { write($0, depth: depth + 1, into: &$1) }
        case .object(let object) where !object.isEmpty:
            write(object.members, "{", "}", depth, &out) { member, out in
                out += escaped(JSONValue.string(member.key).text) + (layout == .compact ? ":" : ": ")
                write(member.value, depth: depth + 1, into: &out)
            }
        default: out += escaped(value.text)
        }
    }

    private func write<Item>(
        _ items: [Item], _ opening: String, _ closing: String, _ depth: Int, _ out: inout String,
        _ write: (Item, inout String) -> Void
    ) {
        out += opening
        for (position, item) in items.enumerated() {
            if position > 0 { out += layout == .spaced ? ", " : "," }
            newLine(depth + 1, &out)
            write(item, &out)
        }
        newLine(depth, &out)
        out += closing
    }

    private func newLine(_ depth: Int, _ out: inout String) {
        if let indent = layout.indent { out += "\n" + String(repeating: indent, count: depth) }
    }

    /// A string, or a number or word, as compact JSON has it, in this style's letters.
    private func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "/", escapesSlash {
                out += "\\/"
            } else if escapes != .none, !scalar.isASCII {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: escapes == .upper)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        // Control characters are escaped already, in lower case.
        guard escapes == .upper else { return out }
        return out.replacingControlDigits()
    }
}

extension String {
    /// `\u001b` as `\u001B`.
    fileprivate func replacingControlDigits() -> String {
        var text = self
        for digit in ["a", "b", "c", "d", "e", "f"] {
            text = text.replacing("\\u000" + digit, with: "\\u000" + digit.uppercased())
                .replacing("\\u001" + digit, with: "\\u001" + digit.uppercased())
        }
        return text
    }
}
