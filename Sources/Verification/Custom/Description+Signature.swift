import JSON

extension DescriptionReader {
    /// The place of the signature.
    func signature() -> SignatureLocation? {
        let (format, prefix) = (format(), prefix())
        let written = ["header", "query", "json_field"].filter { self[$0] != nil }
        guard written.count == 1 else {
            report([], "must name the place of the signature with exactly one of header, query and json_field")
            return nil
        }
        guard let place = place(written[0]), let format else { return nil }
        return SignatureLocation(place, format, prefix: prefix)
    }

    private func place(_ key: String) -> SignatureLocation.Place? {
        if key == "header", let names = self[key]?.array {
            let spellings = names.enumerated().compactMap { position, value in
                text(value, at: [key, String(position)]).flatMap { headerName($0, at: [key, String(position)]) }
            }
            if names.isEmpty { report([key], "must name at least one header") }
            return spellings.isEmpty ? nil : .headers(spellings)
        }
        guard let text = text(key) else { return nil }
        switch key {
        case "header": return headerName(text, at: [key]).map { .headers([$0]) }
        case "query": return .query(text)
        default: return .jsonField(Self.steps(text))
        }
    }

    private func format() -> SignatureLocation.Format? {
        let separator = separator()
        guard let value = self["format"] else { return .plain }
        if value.object != nil {
            guard let (key, text) = single(value, at: ["format"], of: ["pairs", "versions", "positions"]) else {
                return nil
            }
            switch key {
            case "pairs": return .pairs(separator: separator, key: text)
            case "versions": return .versions(text)
            default:
                guard let position = position(text, at: ["format", key]) else { return nil }
                return .positions(separator: separator, from: position)
            }
        }
        switch text("format") {
        case "plain": return .plain
        case "list": return .several(separator: separator)
        default:
            report(["format"], "must be plain, list, { pairs: v1 }, { versions: v1 } or { positions: 1 }")
            return nil
        }
    }

    private func separator() -> Character {
        guard let value = self["separator"] else { return "," }
        guard let text = value.scalarText, text.count == 1, let separator = text.first else {
            report(["separator"], "must be a single character")
            return ","
        }
        return separator
    }

    private func position(_ text: String, at path: [String]) -> Int? {
        guard let position = Int(text), (0...99).contains(position) else {
            report(path, "must be a position from 0 to 99")
            return nil
        }
        return position
    }

    private func prefix() -> SignatureLocation.Prefix {
        let isOptional = choice("prefix_optional", [("true", true), ("false", false)]) ?? false
        guard let prefix = text("prefix") else {
            if isOptional { report(["prefix_optional"], "needs a prefix") }
            return .none
        }
        // "Basic " and "Bearer ": schemes of Authorization, in any letter case.
        if prefix.hasSuffix(" ") { return .word(String(prefix.dropLast())) }
        return isOptional ? .optional(prefix) : .required(prefix)
    }

    /// The place of the time of signing; nil without one.
    func timestampRule(beside format: SignatureLocation.Format?) -> TimestampRule? {
        let units: [(word: String, value: TimestampRule.Unit)] = [
            ("seconds", .seconds), ("milliseconds", .milliseconds), ("rfc3339", .rfc3339),
        ]
        guard let value = self["timestamp"] else {
            for key in ["timestamp_unit", "tolerance"] where self[key] != nil { report([key], "needs a timestamp") }
            return nil
        }
        let unit = choice("timestamp_unit", units) ?? .seconds
        let tolerance = tolerance()
        guard let (key, text) = single(value, at: ["timestamp"], of: ["header", "pair", "position", "json_field"])
        else {
            return nil
        }
        switch key {
        case "header":
            return headerName(text, at: ["timestamp", key]).map {
                TimestampRule(.header($0), unit: unit, tolerance: tolerance)
            }
        case "pair":
            if let format, case .pairs = format {} else { report(["timestamp", key], "needs format: { pairs: … }") }
            return TimestampRule(.pair(key: text), unit: unit, tolerance: tolerance)
        case "position":
            if let format, case .positions = format {
            } else {
                report(["timestamp", key], "needs format: { positions: … }")
            }
            return position(text, at: ["timestamp", key]).map {
                TimestampRule(.position($0), unit: unit, tolerance: tolerance)
            }
        default: return TimestampRule(.jsonField(Self.steps(text)), unit: unit, tolerance: tolerance)
        }
    }

    func tolerance() -> Int64? {
        guard let text = text("tolerance"), text != "none" else { return self["tolerance"] == nil ? 300 : nil }
        guard let seconds = Int64(text), (1...86_400).contains(seconds) else {
            report(["tolerance"], "must be a number of seconds from 1 to 86400, or none")
            return nil
        }
        return seconds
    }
}
