internal import CYAML

/// The events of a YAML text, one after another, by LibYAML (yaml.h). Not for several threads.
package final class YAMLParser {
    /// Owned; at one address, as LibYAML keeps pointers to both.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let text: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter bytes: the text, in UTF-8, with a byte order mark or without; copied.
    /// - Throws: ``YAMLError`` if there is no memory.
    package init(_ bytes: [UInt8]) throws(YAMLError) {
        text = .allocate(capacity: bytes.count)
        _ = text.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            text.deallocate()
            parser.deallocate()
            throw YAMLError(line: nil, problem: "there is no memory to read it")
        }
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        text.deallocate()
    }

    /// The next event. After ``YAMLEvent/Kind/streamEnd`` there is no other.
    /// - Throws: ``YAMLError`` where the text is not YAML; nothing can be read after it.
    package func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(kind: kind(of: event), line: Int(event.start_mark.line) + 1)
    }

    private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: scalar(event.data.scalar.value, event.data.scalar.length, event)
        case YAML_SEQUENCE_START_EVENT: .sequenceStart(anchor: string(event.data.sequence_start.anchor))
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: .mappingStart(anchor: string(event.data.mapping_start.anchor))
        case YAML_MAPPING_END_EVENT: .mappingEnd
        default: .streamEnd
        }
    }

    /// A value may hold zero bytes, and has a length therefore.
    private func scalar(_ value: UnsafeMutablePointer<UInt8>?, _ length: Int, _ event: yaml_event_t) -> YAMLEvent.Kind {
        .scalar(
            String(decoding: UnsafeBufferPointer(start: value, count: length), as: UTF8.self),
            isPlain: event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE, anchor: string(event.data.scalar.anchor))
    }

    private func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? { text.map { String(cString: $0) } }

    /// The error without its context: that would show a piece of the file, and with it maybe a secret.
    private var failure: YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be parsed"
        if parser.pointee.error == YAML_READER_ERROR {
            let line = 1 + text.prefix(parser.pointee.problem_offset).count { $0 == 0x0A }
            return YAMLError(line: line, problem: problem)
        }
        return YAMLError(line: Int(parser.pointee.problem_mark.line) + 1, problem: problem)
    }
}
