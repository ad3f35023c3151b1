import JSON
import Webhooks

/// The place of a text in a delivery.
indirect enum Place: Sendable {
    /// The JSON body, at that path of keys and positions with dots between. `*` means all elements of an array or
    /// members of an object; their texts are joined by commas.
    case body(String)
    /// A header, by its name in lower case.
    case header(String)
    /// A field of a form body.
    case form(String)
    /// The name of the body's first member with this ending.
    case memberName(ending: String)
    /// The last part of a path or URL.
    case lastPart(Place)
    /// That text.
    case literal(String)
    /// The first of these that is there.
    case first([Place])
    /// The header of the first name if the marking header exists, else that of the second: the mark decides which of
    /// them is signed, and anybody could add the other.
    case markedHeader(String, by: String, else: String)
    /// All of these with that between them; nothing when one is missing.
    case all([Place], String)
    /// That place, in a body that has something at the path.
    case having(String, Place)
    /// That place, in a body that has that text at the path.
    case when(String, is: String, Place)
}

/// A delivery whose parts are looked up by place; the body is parsed once.
struct PlacedParts {
    let delivery: Delivery
    /// nil when the body is not JSON, or signed as a form.
    let json: JSONValue?
    /// The top members with characters that were not sent as UTF-8.
    let repaired: [String]
    private let form: FormFields?

    /// - Parameter isForm: whether the body is a form, and else JSON; nil if that is not signed: then its content type
    ///   decides. The form of a GET is its query.
    init(_ delivery: Delivery, isForm: Bool? = nil) {
        self.delivery = delivery
        let read = isForm == true ? nil : ReadBody(delivery.body)
        json = read?.json
        repaired = read?.repaired ?? []
        let type = delivery.headers["content-type"]?.lowercased() ?? ""
        let isGet = delivery.method == "GET" && !delivery.query.isEmpty
        if isGet, isForm != false {
            form = FormFields(query: delivery.url)
        } else {
            let readsForm = isForm ?? type.hasPrefix("application/x-www-form-urlencoded")
            form = readsForm ? FormFields(delivery.body) : nil
        }
    }

    /// Whether the body is an object, a list of objects or a form, as every contract here requires.
    var isReadable: Bool { json?.object != nil || json?.array?.first?.object != nil || form != nil }

    /// The text there, as an id: 1 to 255 bytes.
    func text(_ place: Place) -> String? { parts(place).flatMap { JSONValue.string($0).identifierText } }

    private func parts(_ place: Place) -> String? {
        switch place {
        case .body(let path):
            let texts = values(path).compactMap(\.plainIdentifier)
            return texts.isEmpty ? nil : texts.joined(separator: ",")
        case .header(let name): return delivery.headers[name]
        case .markedHeader(let name, let mark, let other):
            return delivery.headers[delivery.headers[mark] != nil ? name : other]
        case .form(let name): return form?.first(name)
        case .memberName(let ending): return json?.object?.members.first { $0.key.hasSuffix(ending) }?.key
        case .lastPart(let place): return parts(place)?.split(separator: "/").last.map(String.init)
        case .literal(let text): return text
        case .first(let places): return places.lazy.compactMap { text($0) }.first
        case .all(let places, let separator):
            let texts = places.compactMap { parts($0) }
            return texts.count == places.count ? texts.joined(separator: separator) : nil
        case .having(let path, let place): return isThere(path) ? parts(place) : nil
        case .when(let path, let text, let place):
            return values(path).first?.plainIdentifier == text ? parts(place) : nil
        }
    }

    /// Whether the body has something at that path that is more than null or empty.
    func isThere(_ path: String) -> Bool { values(path).contains { $0.saysSomething } }

    /// The moment there, in any form that `JSONValue.moment` reads.
    func moment(_ place: Place) -> Timestamp? {
        switch place {
        case .body(let path): values(path).first?.moment
        case .first(let places): places.lazy.compactMap { moment($0) }.first
        case .having(let path, let place): isThere(path) ? moment(place) : nil
        case .when(let path, let text, let place):
            values(path).first?.plainIdentifier == text ? moment(place) : nil
        default: parts(place).flatMap { JSONValue.string($0).moment }
        }
    }

    private func values(_ path: String) -> [JSONValue] {
        var values = json.map { [$0] } ?? []
        for step in path.split(separator: ".") {
            values = values.flatMap { value -> [JSONValue] in
                switch value {
                case .array(let elements):
                    if step == "*" { return elements }
                    return Int(step).flatMap { elements.indices.contains($0) ? [elements[$0]] : nil } ?? []
                case .object(let object):
                    return step == "*" ? object.members.map(\.value) : object[String(step)].map { [$0] } ?? []
                default: return []
                }
            }
        }
        return values
    }
}
