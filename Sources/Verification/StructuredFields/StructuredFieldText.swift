import Crypto

/// The canonical spelling of structured fields (RFC 8941, section 4.1).
extension BareItem {
    var text: String {
        switch self {
        case .integer(let number): String(number)
        case .decimal(let text), .token(let text): text
        case .string(let text): "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .bytes(let bytes): ":\(Base64.encode(bytes)):"
        case .boolean(let truth): truth ? "?1" : "?0"
        }
    }
}

extension FieldParameters {
    var text: String {
        all.map { $0.value == .boolean(true) ? ";\($0.name)" : ";\($0.name)=\($0.value.text)" }.joined()
    }
}

extension FieldItem {
    var text: String { value.text + parameters.text }
}

extension InnerList {
    var text: String { "(\(items.map(\.text).joined(separator: " ")))\(parameters.text)" }
}

extension FieldMember {
    var text: String {
        switch self {
        case .item(let item): item.text
        case .list(let list): list.text
        }
    }
}
