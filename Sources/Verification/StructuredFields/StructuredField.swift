/// The values of structured fields (RFC 8941, section 3), as far as signatures and digests need them.
enum BareItem: Sendable, Hashable {
    case integer(Int64)
    /// In its canonical spelling.
    case decimal(String)
    case string(String)
    case token(String)
    case bytes([UInt8])
    case boolean(Bool)
}

/// The parameters of an item or a list, in their order.
struct FieldParameters: Sendable, Hashable {
    var all: [Parameter] = []

    struct Parameter: Sendable, Hashable {
        let name: String
        let value: BareItem
    }

    /// The value of that name; nil when there is none.
    subscript(name: String) -> BareItem? { all.first { $0.name == name }?.value }
}

/// An item with its parameters.
struct FieldItem: Sendable, Hashable {
    var value: BareItem
    var parameters = FieldParameters()
}

/// An inner list with its parameters.
struct InnerList: Sendable, Hashable {
    var items: [FieldItem] = []
    var parameters = FieldParameters()
}

/// A member of a dictionary.
enum FieldMember: Sendable, Hashable {
    case item(FieldItem)
    case list(InnerList)

    /// The bytes, if it is a byte sequence.
    var bytes: [UInt8]? {
        if case .item(let item) = self, case .bytes(let bytes) = item.value { bytes } else { nil }
    }
}

/// A dictionary (RFC 8941, section 3.2), in the order of its members.
struct FieldDictionary: Sendable, Hashable {
    var members: [Entry] = []

    struct Entry: Sendable, Hashable {
        let key: String
        let value: FieldMember
    }

    /// The member of that key; nil when there is none.
    subscript(key: String) -> FieldMember? { members.first { $0.key == key }?.value }
}
