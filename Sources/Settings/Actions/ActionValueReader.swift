import Outbound
import Platform

/// Reads what stands under one key of an action.
struct ActionValueReader {
    let secrets: SecretReader
    let section: Section
    let key: ActionKind.Key
    /// The kind of every action, by its name.
    let actions: [String: ActionKind]
    /// The names of the kinds that can tell people something.
    let tellers: [String]
    /// The names of the sources.
    let sources: [String]

    /// - Parameter missing: gets what to do about a reference that leads nowhere.
    /// - Returns: nil when the value is not of the key's form, which is then reported, or is missing.
    func read(_ missing: inout [String]) -> ActionValue? {
        let name = key.name
        switch key.form {
        case .text, .folder: return section.text(name).map(ActionValue.text)
        case .integer(let range): return section.integer(name, range).map(ActionValue.integer)
        case .boolean: return section.boolean(name).map(ActionValue.boolean)
        case .duration(let range): return section.duration(name, range).map(ActionValue.duration)
        case .list: return section.texts(name).map { .list($0.map(\.text)) }
        case .choice(let words): return choice(words)
        case .url: return url()
        case .secret: return section[name].flatMap { secret($0, path: section.path(of: name), &missing) }
        case .urlOrSecret:
            guard let node = section[name], node.mapping != nil else { return url() }
            return secret(node, path: section.path(of: name), &missing)
        case .headers: return headers(&missing)
        case .texts: return texts()
        case .teller: return teller()
        case .tellers: return severalTellers()
        case .source: return source()
        case .mapping:
            return section.section(name, keys: nil).flatMap { BodyMappingReader(section: $0).read() }
                .map(ActionValue.mapping)
        }
    }

    private func secret(_ node: YAMLNode, path: String, _ missing: inout [String]) -> ActionValue? {
        guard let read = secrets.read(node, path: path) else { return nil }
        guard let secret = read.secret else {
            if read.isWithheld { return nil }
            missing.append("\(path) is not there: \(read.missing)")
            return nil
        }
        return .secret(secret)
    }

    private func choice(_ words: [String]) -> ActionValue? {
        guard let word = section.text(key.name) else { return nil }
        if words.contains(word) { return .text(word) }
        section.error(key.name, "must be one of \(words.joined(separator: ", ")), not \(section.quoted(word))")
        return nil
    }

    private func url() -> ActionValue? {
        guard let url = section.text(key.name) else { return nil }
        guard !RequestTarget.hasLogin(in: url) else {
            section.error(key.name, "must not hold a user and password: write { env: NAME } and replace the password")
            return nil
        }
        guard RequestTarget(configured: url) != nil else {
            section.error(key.name, "must be a URL such as https://example.com/hook")
            return nil
        }
        return .text(url)
    }

    private func texts() -> ActionValue? {
        guard let texts = section.section(key.name, keys: nil) else { return nil }
        return .table(
            Dictionary(
                texts.all.compactMap { entry in texts.text(entry.key).map { (entry.key, .text($0)) } },
                uniquingKeysWith: { _, last in last }))
    }

    private func teller() -> ActionValue? {
        guard let name = section.text(key.name) else { return nil }
        return isTeller(name, line: section.line(of: key.name)) ? .text(name) : nil
    }

    private func severalTellers() -> ActionValue? {
        let names = section.texts(key.name)?.filter { isTeller($0.text, line: $0.line) }
        return names.map { .list($0.map(\.text)) }
    }

    /// Whether that is an action that can tell people something; reported when not.
    private func isTeller(_ name: String, line: Int) -> Bool {
        if actions[name]?.tellsPeople == true { return true }
        let fitting = actions.filter { $0.value.tellsPeople }.map(\.key).sorted()
        section.problems.error(
            line,
            "\(section.path(of: key.name)) must name an action of the kind \(tellers.joined(separator: ", ")), "
                + "not \(section.quoted(name))\(Suggestion.phrase(for: name, among: fitting))")
        return false
    }

    private func source() -> ActionValue? {
        guard let name = section.text(key.name) else { return nil }
        if sources.contains(name) { return .text(name) }
        section.error(
            key.name, "is unknown: \(section.quoted(name))\(Suggestion.phrase(for: name, among: sources))")
        return nil
    }

    private func headers(_ missing: inout [String]) -> ActionValue? {
        guard let headers = section.section(key.name, keys: nil) else { return nil }
        var table: [String: ActionValue] = [:]
        for entry in headers.all {
            let path = headers.path(of: entry.key)
            if let fault = HeaderName.fault(entry.key) {
                section.problems.error(entry.line, "\(path) \(fault)")
            } else if entry.value.mapping != nil || HeaderName.isSecret(entry.key) {
                table[entry.key] = secret(entry.value, path: path, &missing)
            } else if let text = headers.text(entry.key) {
                guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
                    section.problems.error(entry.line, "\(path) must not have line ends or other control characters")
                    continue
                }
                table[entry.key] = .text(text)
            }
        }
        return .table(table)
    }
}

/// Names of header fields (RFC 9110 section 5.1).
enum HeaderName {
    /// What is wrong with it; nil when nothing is.
    static func fault(_ name: String) -> String? {
        name.isHTTPToken ? nil : "is no header name; use letters, digits and -"
    }

    /// Whether a field of that name carries a secret by its nature.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey"].contains {
            name.contains($0)
        }
    }
}
