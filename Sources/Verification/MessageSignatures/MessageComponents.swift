import Crypto
import Webhooks

/// The values of a request's components (RFC 9421, section 2).
///
/// Method, path and authority are those of the request as nginx passes it on, or of the URL that the configuration names.
struct MessageComponents {
    private let request: RequestFields
    private let scheme: Substring
    private let authority: Substring
    private let path: Substring
    /// With its `?`; nil without a query.
    private let query: Substring?

    init(_ request: RequestFields) {
        self.request = request
        let url = request.url
        let mark = url.firstRange(of: "://")
        scheme = mark.map { url[..<$0.lowerBound] } ?? ""
        let rest = mark.map { url[$0.upperBound...] } ?? url[...]
        authority = rest.prefix { !"/?#".contains($0) }
        let target = rest[authority.endIndex...].prefix { $0 != "#" }
        path = target.prefix { $0 != "?" }
        query = path.endIndex < target.endIndex ? target[path.endIndex...] : nil
    }

    /// The value of a component, with its parameters.
    func value(of component: FieldItem) throws(Refusal) -> String {
        guard case .string(let name) = component.value else { throw refused(component, "has no name") }
        let parameters = component.parameters.all
        if name == "@query-param" { return try queryParameter(component) }
        guard name.hasPrefix("@") else { return try header(name, component) }
        guard parameters.isEmpty else { throw refused(component, "has parameters that it cannot have here") }
        switch name {
        case "@method": return request.method
        case "@target-uri": return request.url
        case "@authority": return normalAuthority
        case "@scheme": return scheme.lowercased()
        case "@request-target": return normalPath + (query ?? "")
        case "@path": return normalPath
        case "@query": return query.map(String.init) ?? "?"
        default: throw refused(component, "is no component of a request")
        }
    }

    private var normalPath: String { path.isEmpty ? "/" : String(path) }

    /// In lower case and without the scheme's own port (RFC 9421, section 2.2.3).
    private var normalAuthority: String {
        let host = authority.lowercased()
        let port = scheme.lowercased() == "https" ? ":443" : ":80"
        return host.hasSuffix(port) ? String(host.dropLast(port.count)) : host
    }

    /// The value of the only parameter of that name, encoded again (RFC 9421, section 2.2.8).
    private func queryParameter(_ component: FieldItem) throws(Refusal) -> String {
        guard component.parameters.all.count == 1, case .string(let name) = component.parameters["name"] else {
            throw refused(component, "needs the name of a parameter and nothing else")
        }
        let values = FormFields(query: request.url).all.filter { FormEncoding.encode($0.name) == name }
        guard values.count == 1, let value = values.first?.value else {
            throw refused(component, "is there \(values.count) times")
        }
        return FormEncoding.encode(value)
    }

    /// A header's value: once, without white space around it, in ASCII, so that two texts never sign alike.
    private func header(_ name: String, _ component: FieldItem) throws(Refusal) -> String {
        if request.headers.isRepeated(name) {
            throw Refusal(.repeatedHeader, "the header \(name) was sent more than once")
        }
        guard name == name.lowercased(), let sent = request.headers[name] else {
            throw refused(component, "was not sent")
        }
        let value = String(sent.trimmed)
        switch component.parameters.all.map(\.name) {
        case []:
            guard value.utf8.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) }) else {
                throw refused(component, "has characters beyond ASCII")
            }
            return value
        case ["bs"] where component.parameters["bs"] == .boolean(true):
            guard !value.unicodeScalars.contains("\u{FFFD}") else { throw refused(component, "is not UTF-8") }
            return BareItem.bytes(Array(value.utf8)).text
        case ["key"]:
            guard case .string(let key) = component.parameters["key"],
                let member = StructuredFieldReader.dictionary(value)?[key]
            else { throw refused(component, "has no such member") }
            return member.text
        default: throw refused(component, "has parameters that are not supported (bs and key are)")
        }
    }

    private func refused(_ component: FieldItem, _ reason: String) -> Refusal {
        Refusal(.malformedSignature, "the covered component \(component.text) \(reason)")
    }
}

/// The percent-encoding of a form's names and values (WHATWG URL, section 5.2), with `%20` for a space.
private enum FormEncoding {
    static func encode(_ text: String) -> String {
        // Differs in two characters from that of a URL.
        PercentEncoding.encode(text).replacing("~", with: "%7E").replacing("%2A", with: "*")
    }
}
