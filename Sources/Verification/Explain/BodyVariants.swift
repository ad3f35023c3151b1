import JSON

/// Possible originals of a body that was changed in transit.
enum BodyVariants {
    /// Each with words for a person: `the signature fits … `.
    static func all(_ body: [UInt8]) -> [(body: [UInt8], words: String)] {
        var variants: [(body: [UInt8], words: String)] = []
        var seen: Set<[UInt8]> = [body]
        func add(_ body: [UInt8], _ words: String) {
            if seen.insert(body).inserted { variants.append((body, words)) }
        }
        var bare = body
        while let last = bare.last, last == 0x0A || last == 0x0D { bare.removeLast() }
        add(bare, "the body without the line end at its end")
        add(body + [0x0A], "the body with a line feed at its end")
        add(body + [0x0D, 0x0A], "the body with CR LF at its end")
        if body.starts(with: byteOrderMark) { add(Array(body.dropFirst(3)), "the body without its byte order mark") }
        add(byteOrderMark + body, "the body with a byte order mark before it")
        let lines = body.filter { $0 != 0x0D }
        add(lines, "the body with LF as line ends")
        add(
            Array(lines.split(separator: 0x0A, omittingEmptySubsequences: false).joined(separator: [0x0D, 0x0A])),
            "the body with CR LF as line ends")
        add([], "an empty body")
        if let json = try? JSONValue(parsing: body) {
            for style in JSONStyle.all {
                let text = style.write(json)
                add(text, "the same content as \(style.description)")
                add(text + [0x0A], "the same content as \(style.description), with a line feed at its end")
            }
        }
        return variants
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
