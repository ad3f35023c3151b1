import JSON
import Logging

extension Logger.MetadataValue {
    /// Numbers and truth values as such, everything else as text.
    var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .stringConvertible(let value): Self.json(of: value)
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let values):
            .object(values.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = $1.value.json })
        }
    }

    private static func json(of value: any CustomStringConvertible) -> JSONValue {
        // The usual types first: to ask for a protocol takes far longer.
        if let number = value as? Int { return .number(JSONNumber(Int64(number))) }
        if let number = value as? Int64 { return .number(JSONNumber(number)) }
        if let bool = value as? Bool { return .bool(bool) }
        if value is any BinaryInteger || value is any BinaryFloatingPoint,
            let number = JSONNumber(literal: value.description)
        {
            return .number(number)
        }
        return .string(value.description)
    }
}
