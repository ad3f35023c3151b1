import JSON

/// How the value of a member is read and stored; see the property of `JSONValue` with the same name after `as`.
enum FieldForm: Sendable {
    case identifier, text, words, looseText, longText, prose
    case money, writtenAmount, quantity, stock, truth
    case moment, date
    /// By a function of the sender's own.
    case by(@Sendable (JSONValue) -> JSONValue?)

    /// How a member is stored whose value need not be made for that.
    enum Copy {
        /// As it was sent.
        case asSent
        /// A number, as a string of its text.
        case asText
    }

    /// Whether a member has a value, not an empty one, that this form stores as it was sent: ``value(_:)`` would return
    /// the same one.
    ///
    /// This looks at the text of the body, and answers for what senders mostly write; nil leaves it to `value(_:)`.
    func copy(_ place: Int, of object: JSONObject) -> Copy? {
        switch self {
        case .text, .words, .looseText: copy(place, of: object, limit: JSONValue.mostText)
        case .longText: copy(place, of: object, limit: JSONValue.mostLongText)
        case .prose: copy(place, of: object, limit: JSONValue.mostProse)
        case .identifier:
            object.isPrintable(at: place) ? copy(place, of: object, limit: JSONValue.mostIdentifier) : nil
        case .money:
            object.plainNumber(at: place).flatMap { $0.length <= JSONValue.mostDigits ? .asText : nil }
        case .quantity, .stock:
            // Nine digits are below the limit, and a zero before others is no number.
            object.plainNumber(at: place).flatMap { $0.isWhole && $0.length <= 9 ? .asSent : nil }
        case .writtenAmount, .truth, .moment, .date, .by: nil
        }
    }

    private func copy(_ place: Int, of object: JSONObject, limit: Int) -> Copy? {
        guard let length = object.plainTextLength(at: place), (1...limit).contains(length) else { return nil }
        return .asSent
    }

    /// The stored value; nil for one that does not fit.
    func value(_ sent: JSONValue) -> JSONValue? {
        switch self {
        case .identifier: sent.asIdentifier
        case .text: sent.asText
        case .words: sent.asWords
        case .looseText: sent.asLooseText
        case .longText: sent.asLongText
        case .prose: sent.asProse
        case .money: sent.asMoney
        case .writtenAmount: sent.asWrittenAmount
        case .quantity: sent.asQuantity
        case .stock: sent.asStock
        case .truth: sent.asTruth
        case .moment: sent.asMoment
        case .date: sent.asDate
        case .by(let form): form(sent)
        }
    }
}
