import Yams

/// Reads the text of a configuration file; limited in size, depth and number of values, with aliases expanded.
struct YAMLReader {
    static let maximumBytes = 1 << 18
    static let maximumDepth = 32
    static let maximumValues = 20_000

    private let problems: ProblemList
    private var values = 0

    private init(problems: ProblemList) { self.problems = problems }

    /// The document; an empty section for an empty file; nil, after a report, if it cannot be read.
    static func read(_ bytes: [UInt8], problems: ProblemList) -> YAMLNode? {
        guard bytes.count <= maximumBytes else {
            problems.error(nil, "is larger than \(maximumBytes) bytes; a configuration is a few hundred lines")
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems.error(firstLineNotUTF8(bytes), "is not UTF-8 text; save it as UTF-8")
            return nil
        }
        guard AnchorLimit.allows(text) else {
            problems.error(nil, "uses too many anchors (&name) and aliases (*name); write the values out")
            return nil
        }
        do {
            var parser = DuplicateKeys(text: text)
            guard let root = try parser.compose() else { return .nothing }
            for duplicate in parser.found {
                problems.error(
                    duplicate.line,
                    "the key\(KeyText.unknown(duplicate.key, among: [])) is written twice in this section; keep one of them"
                )
            }
            var reader = YAMLReader(problems: problems)
            return reader.convert(root, line: 1, depth: 0)
        } catch {
            let (line, message) = explain(error, text: text)
            problems.error(line, "is not valid YAML: \(message)")
            return nil
        }
    }

    private mutating func convert(_ node: Node, line: Int, depth: Int) -> YAMLNode? {
        let line = node.mark?.line ?? line
        values += 1
        guard values <= Self.maximumValues else {
            problems.error(nil, "has more than \(Self.maximumValues) values, with aliases (*name) expanded; shorten it")
            return nil
        }
        guard depth <= Self.maximumDepth else {
            problems.error(line, "is nested deeper than \(Self.maximumDepth) levels; no setting needs that")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            let value = YAMLScalar(text: scalar.string, isPlain: scalar.style == .plain)
            return YAMLNode(line: line, value: .scalar(value))
        case .sequence(let sequence):
            var nodes: [YAMLNode] = []
            for element in sequence {
                guard let element = convert(element, line: line, depth: depth + 1) else { return nil }
                nodes.append(element)
            }
            return YAMLNode(line: line, value: .sequence(nodes))
        case .mapping(let mapping):
            return convert(mapping, line: line, depth: depth)
        case .alias:
            problems.error(line, "an alias (*name) is not allowed here; write the value out")
            return nil
        }
    }

    private mutating func convert(_ mapping: Node.Mapping, line: Int, depth: Int) -> YAMLNode? {
        var entries: [YAMLEntry] = []
        for (key, value) in mapping {
            let keyLine = key.mark?.line ?? line
            guard case .scalar(let scalar) = key else {
                problems.error(keyLine, "a key must be a single word, not a list or a section")
                continue
            }
            guard !DuplicateKeys.isMarked(scalar.string) else { continue }
            guard let value = convert(value, line: keyLine, depth: depth + 1) else { return nil }
            entries.append(YAMLEntry(key: scalar.string, line: keyLine, value: value))
        }
        return YAMLNode(line: line, value: .mapping(entries))
    }

    private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .firstIndex { String(validating: $0, as: UTF8.self) == nil }
            .map { $0 + 1 }
    }

    /// The line and the reason, without the snippet of the file that the error would print: it may show a secret.
    private static func explain(_ error: any Error, text: String) -> (line: Int?, message: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, problem)
        case .reader(let problem, let offset, _, _):
            let line = offset.map { offset in 1 + text.utf8.prefix(offset).count { $0 == 0x0A } }
            return (line, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            return (
                context.mark.line,
                "keys are written twice: \(keys.map(KeyText.step).joined(separator: ", ")); keep one of each"
            )
        default:
            return (nil, "it cannot be parsed")
        }
    }
}
