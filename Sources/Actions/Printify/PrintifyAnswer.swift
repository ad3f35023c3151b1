import JSON

/// What Printify answers: `{id}`, or `{status, code, message, errors: {reason, code}}` where the reason may itself be
/// JSON text.
struct PrintifyAnswer {
    private let body: JSONValue?
    private let reason: JSONValue?

    /// "Order with this external id exists."
    static let duplicate: Int64 = 8503
    /// What stands for Unauthenticated and the like beside codes.
    private static let longest = 300

    init(_ bytes: [UInt8]) {
        body = try? JSONValue(parsing: bytes)
        let reason = body?["errors"]?["reason"]
        self.reason = reason?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) } ?? reason
    }

    /// The order's id as Printify has it, also out of the refusal of a second one.
    var id: String? {
        let places = [body, body?["data"], body?["order"], body?["errors"], reason]
        for place in places {
            if let id = place?["id"]?.identifier ?? place?["order_id"]?.identifier { return id }
        }
        return nil
    }

    /// Whether it says that an order of this external id exists.
    var isDuplicate: Bool {
        body?["code"]?.integer == Self.duplicate || body?["errors"]?["code"]?.integer == Self.duplicate
    }

    /// What is wrong, in one line; empty when it does not say.
    var explanation: String {
        let code = (body?["code"] ?? body?["errors"]?["code"])?.identifier.map { "code \($0)" }
        let message = body?["message"]?.string ?? body?["error"]?.string
        let text = [code, message, reason.map(Self.flat)].compactMap(\.self).filter { !$0.isEmpty }
        return String(text.joined(separator: ": ").map { $0.isNewline ? " " : $0 }.prefix(Self.longest))
    }

    /// A structure of errors as text: `line_items: unknown sku; address_to.zip: required`.
    private static func flat(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            object.members.map { "\($0.key): \(flat($0.value))" }.joined(separator: "; ")
        case .array(let elements): elements.map(flat).joined(separator: ", ")
        default: value.string ?? value.text
        }
    }
}
