/// Reads one checked value by its key. All return nil if the key is absent or, after a report, if the value has another
/// kind.
extension Section {
    /// A single value, quoted or not; not empty.
    func text(_ key: String) -> String? {
        guard let node = self[key] else { return nil }
        guard let scalar = node.scalar else {
            error(key, "must be a single value, not \(node.kind)")
            return nil
        }
        guard !scalar.text.isEmpty else {
            error(key, "must not be empty; leave it out instead")
            return nil
        }
        return scalar.text
    }

    func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = text(key) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            error(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(quoted(text))")
            return nil
        }
        return value
    }

    func boolean(_ key: String) -> Bool? {
        guard let text = text(key) else { return nil }
        guard let value = Truthfulness.read(text) else {
            error(key, "must be true or false, not \(quoted(text))")
            return nil
        }
        return value
    }

    func duration(_ key: String, _ range: ClosedRange<Duration>) -> Duration? {
        guard let text = text(key) else { return nil }
        guard let value = DurationText.read(text) else {
            error(
                key,
                "must be a time such as 500ms, 30s, 10min, 24h or 7d (a plain number is seconds), "
                    + "not \(quoted(text))")
            return nil
        }
        guard range.contains(value) else {
            let (low, high) = (DurationText.write(range.lowerBound), DurationText.write(range.upperBound))
            error(key, "must be from \(low) to \(high), not \(quoted(text))")
            return nil
        }
        return value
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _: Choice.Type) -> Choice? {
        guard let text = text(key) else { return nil }
        guard let value = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            error(key, "must be one of \(all), not \(quoted(text))")
            return nil
        }
        return value
    }

    /// A list of single values, each with its line; one value is a list of one. Repeated values are reported.
    func texts(_ key: String) -> [(text: String, line: Int)]? {
        guard let node = self[key] else { return nil }
        guard node.mapping == nil else {
            error(key, "must be a list, not a section")
            return nil
        }
        var texts: [(text: String, line: Int)] = []
        for element in node.sequence ?? [node] {
            guard let text = element.scalar?.text, !text.isEmpty else {
                problems.error(element.line, "\(path(of: key)) must hold single values, not \(element.kind)")
                continue
            }
            guard !texts.contains(where: { $0.text == text }) else {
                problems.error(element.line, "\(path(of: key)) names \(quoted(text)) twice; keep one of them")
                continue
            }
            texts.append((text, element.line))
        }
        return texts
    }

    /// The form of a value in messages: nothing of a long one, which may be a misplaced key.
    func quoted(_ text: String) -> String {
        text.count <= 24 ? "\"\(text)\"" : "a value of \(text.count) characters"
    }
}

/// The spellings of a truth value, in the file and in the environment.
enum Truthfulness {
    static func read(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }
}
