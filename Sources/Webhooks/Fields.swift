public import JSON

/// The sent fields of a record, each once, in the order in which they were set. A record has few, so that they are
/// searched from the beginning.
///
/// `@inlinable`, because the modules that use it would otherwise run the unspecialized code, which costs as much as all
/// the rest of reading a delivery.
@frozen public struct Fields<Field: RawRepresentable<String> & Hashable & Sendable>: Sendable {
    /// One field and its value.
    public typealias Element = (key: Field, value: JSONValue)

    @usableFromInline var elements: [Element] = []

    /// No fields.
    @inlinable public init() {}

    /// The value of a field; nil if it was not sent. Setting nil removes it.
    @inlinable public subscript(field: Field) -> JSONValue? {
        get {
            place(of: field).map { elements[$0].value }
        }
        set {
            switch (place(of: field), newValue) {
            case (let place?, let value?): elements[place].value = value
            case (let place?, nil): elements.remove(at: place)
            case (nil, let value?):
                // An order has about that many; growing step by step would copy them several times.
                if elements.isEmpty { elements.reserveCapacity(16) }
                elements.append((field, value))
            case (nil, nil): break
            }
        }
    }

    /// By the places: a loop over the elements would retain each value that it passes.
    @inlinable func place(of field: Field) -> Int? {
        for place in elements.indices where elements[place].key == field { return place }
        return nil
    }

    /// The value of the field of that name, which is its raw value.
    @inlinable public func value(named name: String) -> JSONValue? {
        for place in elements.indices where elements[place].key.rawValue == name { return elements[place].value }
        return nil
    }

    /// Whether there are none.
    @inlinable public var isEmpty: Bool { elements.isEmpty }

    /// The fields that pass.
    @inlinable public func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> Fields {
        var fields = Fields()
        fields.elements = try elements.filter(isIncluded)
        return fields
    }
}

extension Fields: Sequence {
    /// The fields in order.
    @inlinable public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension Fields: ExpressibleByDictionaryLiteral {
    /// These fields; of a repeated one the last value is used.
    @inlinable public init(dictionaryLiteral elements: (Field, JSONValue)...) {
        for (field, value) in elements { self[field] = value }
    }
}

extension Fields: Hashable {
    /// Whether the same fields have the same values, in whatever order.
    @inlinable public static func == (a: Fields, b: Fields) -> Bool {
        a.elements.count == b.elements.count && a.elements.allSatisfy { b[$0.key] == $0.value }
    }

    /// Feeds the fields without regard to their order.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for element in elements {
            var own = Hasher()
            own.combine(element.key)
            own.combine(element.value)
            sum &+= own.finalize()
        }
        hasher.combine(sum)
    }
}

extension Fields {
    /// The fields as members of an object, in their order.
    @inlinable public var members: [JSONObject.Member] {
        elements.map { JSONObject.Member(key: $0.key.rawValue, value: $0.value) }
    }
}
