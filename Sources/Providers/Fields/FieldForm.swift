import JSON

/// How the value of a member is read and stored; see the property of `JSONValue` with the same name after `as`.
enum FieldForm: Sendable {
    case identifier, text, words, looseText, longText, prose
    case money, writtenAmount, quantity, stock, truth
    case moment, date
    /// By a function of the sender's own.
    case by(@Sendable (JSONValue) -> JSONValue?)

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
