internal import YAML

/// Reads the text of a configuration file; limited in size, depth and number of values, with aliases expanded.
struct YAMLReader {
    static let maximumBytes = 1 << 18
    static let maximumDepth = 32
    static let maximumValues = 20_000

    /// A value with what its repetition by an alias counts.
    private struct Composed {
        let node: YAMLNode
        /// Itself and all values in it.
        var values = 1
        /// The levels below it.
        var height = 0
    }

    private let parser: YAMLParser
    private let problems: ProblemList
    private var anchors: [String: Composed] = [:]
    private var values = 0

    /// The document; an empty section for an empty file; nil, after a report, if it cannot be read.
    static func read(_ bytes: [UInt8], problems: ProblemList) -> YAMLNode? {
        guard bytes.count <= maximumBytes else {
            problems.error(nil, "is larger than \(maximumBytes) bytes; a configuration is a few hundred lines")
            return nil
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            problems.error(firstLineNotUTF8(bytes), "is not UTF-8 text; save it as UTF-8")
            return nil
        }
        do {
            var reader = try YAMLReader(parser: YAMLParser(bytes), problems: problems)
            return try reader.document()
        } catch let error as YAMLError {
            problems.error(error.line, "is not valid YAML: \(error.problem)")
        } catch let limit as Limit {
            problems.error(limit.line, limit.text)
        } catch {
            problems.error(nil, "cannot be read: \(error)")
        }
        return nil
    }

    /// A document that is too large for a configuration.
    private struct Limit: Error {
        let line: Int?
        let text: String
    }

    private init(parser: YAMLParser, problems: ProblemList) {
        self.parser = parser
        self.problems = problems
    }

    private mutating func document() throws -> YAMLNode {
        _ = try parser.next()
        guard try parser.next().kind == .documentStart else { return .nothing }
        let root = try compose(parser.next(), depth: 0)
        _ = try parser.next()
        let end = try parser.next()
        guard end.kind == .streamEnd else {
            throw YAMLError(line: end.line, problem: "it holds several documents (---); keep one")
        }
        return root.node
    }

    /// The value that begins with an event.
    private mutating func compose(_ event: YAMLEvent, depth: Int) throws -> Composed {
        if case .alias(let name) = event.kind { return try expand(name, event.line, depth) }
        try count(1, depth, event.line)
        let before = values
        var composed: Composed
        let anchor: String?
        switch event.kind {
        case .sequenceStart(let name):
            anchor = name
            composed = try sequence(event.line, depth)
        case .mappingStart(let name):
            anchor = name
            composed = try mapping(event.line, depth)
        case .scalar(let text, let isPlain, let name):
            anchor = name
            composed = Composed(
                node: YAMLNode(line: event.line, value: .scalar(YAMLScalar(text: text, isPlain: isPlain))))
        default: throw YAMLError(line: event.line, problem: "it cannot be parsed")
        }
        composed.values = 1 + values - before
        if let anchor { anchors[anchor] = composed }
        return composed
    }

    private mutating func expand(_ name: String, _ line: Int, _ depth: Int) throws -> Composed {
        guard let anchored = anchors[name] else { throw YAMLError(line: line, problem: "found undefined alias") }
        try count(anchored.values, depth + anchored.height, line)
        return anchored
    }

    private mutating func count(_ more: Int, _ depth: Int, _ line: Int) throws {
        values += more
        guard values <= Self.maximumValues else {
            throw Limit(
                line: nil,
                text: "has more than \(Self.maximumValues) values, with aliases (*name) expanded; shorten it")
        }
        guard depth <= Self.maximumDepth else {
            throw Limit(
                line: line, text: "is nested deeper than \(Self.maximumDepth) levels; no setting needs that")
        }
    }

    private mutating func sequence(_ line: Int, _ depth: Int) throws -> Composed {
        var nodes: [YAMLNode] = []
        var height = 0
        while case let event = try parser.next(), event.kind != .sequenceEnd {
            let element = try compose(event, depth: depth + 1)
            height = max(height, element.height)
            nodes.append(element.node)
        }
        return Composed(node: YAMLNode(line: line, value: .sequence(nodes)), height: nodes.isEmpty ? 0 : height + 1)
    }

    private mutating func mapping(_ line: Int, _ depth: Int) throws -> Composed {
        var entries: [YAMLEntry] = []
        var places: [String: Int] = [:]
        var height = 0
        while case let event = try parser.next(), event.kind != .mappingEnd {
            let key = try compose(event, depth: depth + 1)
            let value = try compose(parser.next(), depth: depth + 1)
            height = max(height, key.height, value.height)
            guard case .scalar(let scalar) = key.node.value else {
                problems.error(event.line, "a key must be a single word, not a list or a section")
                continue
            }
            let entry = YAMLEntry(key: scalar.text, line: event.line, value: value.node)
            guard let earlier = places[scalar.text] else {
                places[scalar.text] = entries.count
                entries.append(entry)
                continue
            }
            problems.error(
                entries[earlier].line,
                "the key\(KeyText.unknown(scalar.text, among: [])) is written twice in this section; keep one of them")
            // Its mistakes are reported together with this one.
            entries[earlier] = entry
        }
        return Composed(node: YAMLNode(line: line, value: .mapping(entries)), height: entries.isEmpty ? 0 : height + 1)
    }

    private static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            .firstIndex { String(validating: $0, as: UTF8.self) == nil }
            .map { $0 + 1 }
    }
}
