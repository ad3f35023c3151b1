/// The key of members that are written often, as the writer writes it.
public struct JSONKey: Sendable {
    /// With its quotes and the colon behind them.
    let text: [UInt8]

    /// The key of that name, which needs no escapes.
    public init(_ name: String) {
        text = Array("\"\(name)\":".utf8)
        var written: [UInt8] = []
        JSONValue.append(name, to: &written, storable: true)
        precondition(written.count == text.count - 1, "a key with escapes")
    }

    /// Whether Postgres stores this name before the other one: `jsonb` has the keys of an object by their length, then by
    /// their bytes. An object whose members come in that order need not be sorted there.
    public static func isStored(_ name: String, before other: String) -> Bool {
        name.utf8.count == other.utf8.count
            ? name.utf8.lexicographicallyPrecedes(other.utf8) : name.utf8.count < other.utf8.count
    }
}
