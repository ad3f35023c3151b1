import Crypto
import JSON
import Webhooks

/// A scheme's view of a request: its fields by their place; the body is parsed as JSON if needed, and at most once.
final class RequestFields {
    let draft: Draft
    /// The root of the paths of JSON fields: the body, or one element of a batch.
    private lazy var json: JSONValue? = {
        isTooComplex = ShapeLimits.exceedsJSON(draft.body)
        return isTooComplex ? nil : try? JSONValue(parsing: draft.body)
    }()
    /// Whether the body was not parsed as JSON because it has too many values.
    private(set) var isTooComplex = false
    /// The fields of the form in the order in which they are signed; nil if there are too many.
    private(set) lazy var sortedForm: [UInt8]? = FormFields(draft.body, limit: ShapeLimits.formFields)?.sorted

    /// - Parameter credentials: those of the source, whose `notification_url` stands in for the request's own URL.
    init(_ draft: Draft, credentials: [String: SecretBytes]) {
        var draft = draft
        if let configured = credentials[Keyring.notificationURL], !configured.isEmpty {
            let url = String(decoding: configured.reveal(), as: UTF8.self)
            let query = draft.url.firstIndex(of: "?").map { draft.url[$0...] } ?? ""
            draft.url = url.contains("?") ? url : url + query
        }
        self.draft = draft
    }

    private init(_ draft: Draft, element: JSONValue) {
        self.draft = draft
        json = element
    }

    /// The text at that place; nil when there is none.
    subscript(field: RequestField) -> String? {
        switch field {
        case .header(let name): draft.headers[name]
        case .jsonField(let path): jsonText(at: path)
        case .query(let name): FormFields(query: draft.url).first(name)
        }
    }

    /// The text of the JSON field at that path: of a string, a boolean or a number.
    /// - Returns: nil when there is no such field, or the body is not JSON.
    func jsonText(at path: [String]) -> String? { json?.value(at: path)?.scalarText }

    /// The elements of the array at that path, each as a request whose paths begin there.
    func elements(at path: [String]) -> [RequestFields] {
        (json?.value(at: path)?.array ?? []).map { RequestFields(draft, element: $0) }
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
