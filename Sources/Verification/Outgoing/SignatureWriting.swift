import Crypto
import JSON
import Webhooks

extension SignatureLocation {
    /// The text of one signature, with the time if the scheme has it there.
    func write(_ code: String, time: String?, at place: TimestampRule.Place?) -> String {
        let prefixed =
            switch prefix {
            case .none: code
            case .required(let prefix), .optional(let prefix): prefix + code
            case .word(let word): "\(word) \(code)"
            }
        switch format {
        case .plain, .several: return prefixed
        case .versions(let version): return "\(version),\(prefixed)"
        case .pairs(let separator, let key):
            guard case .pair(let timeKey) = place, let time else { return "\(key)=\(prefixed)" }
            return "\(timeKey)=\(time)\(separator)\(key)=\(prefixed)"
        case .positions(let separator, let from):
            var items = Array(repeating: "", count: max(0, from)) + [prefixed]
            if case .position(let position) = place, items.indices.contains(position), let time {
                items[position] = time
            }
            return items.joined(separator: String(separator))
        }
    }

    /// Puts such a text where it belongs.
    /// - Parameters:
    ///   - path: where the paths of JSON fields begin.
    ///   - keyID: the name of the key, for places that tell it.
    func put(_ text: String, into draft: inout Draft, below path: [String], keyID: String) throws(SigningError) {
        switch place {
        case .headers, .numberedHeaders:
            guard let name = headerNames.first else { throw .noPlaceInBody }
            draft.headers.append(name: name, value: text)
        case .messageSignature: throw .noPlaceInBody
        case .jsonField(let field): try draft.set(text, at: path + field)
        case .query(let name):
            draft.url += (draft.url.contains("?") ? "&" : "?") + "\(name)=\(PercentEncoding.encode(text))"
        case .encodedJSON(let header, let members):
            var object = JSONObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
            object["kid"] = .string(keyID)
            object["signature"] = .string(text)
            draft.headers.append(name: header, value: Base64.encode(JSONValue.object(object).serialized()))
        }
    }
}

extension Draft {
    /// Sets a text in the JSON body; objects on the way are made where they are missing.
    mutating func set(_ text: String, at path: [String]) throws(SigningError) {
        guard var json = try? JSONValue(parsing: body), json.set(.string(text), at: path) else {
            throw .noPlaceInBody
        }
        body = json.serialized()
    }
}
