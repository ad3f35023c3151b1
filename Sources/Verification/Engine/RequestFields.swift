import Crypto
import JSON
import Webhooks

/// A scheme's view of a request: its fields by their place; the body is parsed as JSON if needed, and at most once.
final class RequestFields {
    let method: String
    let headers: HeaderFields
    let body: [UInt8]
    /// The URL as the sender wrote it, or as the source's configuration says. Made when it is asked for: few schemes
    /// sign it.
    private(set) lazy var url = makeURL()
    private let makeURL: () -> String
    /// The root of the paths of JSON fields: the body, or one element of a batch.
    private lazy var json: JSONValue? = {
        isTooComplex = ShapeLimits.exceedsJSON(body)
        return isTooComplex ? nil : try? JSONValue(parsing: body)
    }()
    /// Whether the body was not parsed as JSON because it has too many values.
    private(set) var isTooComplex = false
    /// The fields of the form in the order in which they are signed; nil if there are too many.
    private(set) lazy var sortedForm: [UInt8]? = FormFields(body, limit: ShapeLimits.formFields)?.sorted

    /// - Parameter credentials: those of the source, whose `notification_url` stands in for the request's own URL.
    convenience init(_ draft: Draft, credentials: [String: SecretBytes]) {
        self.init(
            method: draft.method, headers: draft.headers, body: draft.body,
            url: Self.url(draft.url, credentials: credentials))
    }

    /// The same for a delivery.
    convenience init(_ delivery: Delivery, credentials: [String: SecretBytes]) {
        self.init(
            method: delivery.method, headers: delivery.headers, body: delivery.body,
            url: Self.url(delivery.url, credentials: credentials))
    }

    private init(method: String, headers: HeaderFields, body: [UInt8], url: @autoclosure @escaping () -> String) {
        self.method = method
        self.headers = headers
        self.body = body
        makeURL = url
    }

    private static func url(_ written: String, credentials: [String: SecretBytes]) -> String {
        guard let configured = credentials[Keyring.notificationURL], !configured.isEmpty else { return written }
        let url = String(decoding: configured.reveal(), as: UTF8.self)
        return url.contains("?") ? url : url + (written.firstIndex(of: "?").map { written[$0...] } ?? "")
    }

    /// The text at that place; nil when there is none.
    subscript(field: RequestField) -> String? {
        switch field {
        case .header(let name): headers[name]
        case .jsonField(let path): jsonText(at: path)
        case .query(let name): FormFields(query: url).first(name)
        }
    }

    /// The text of the JSON field at that path: of a string, a boolean or a number.
    /// - Returns: nil when there is no such field, or the body is not JSON.
    func jsonText(at path: [String]) -> String? { json?.value(at: path)?.scalarText }

    /// The elements of the array at that path, each as a request whose paths begin there.
    func elements(at path: [String]) -> [RequestFields] {
        (json?.value(at: path)?.array ?? []).map { element in
            let fields = RequestFields(method: method, headers: headers, body: body, url: self.url)
            fields.json = element
            return fields
        }
    }
}

extension JSONValue {
    /// The text of a string, a boolean or a number; nil for everything else.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let truth): truth ? "true" : "false"
        default: nil
        }
    }
}
