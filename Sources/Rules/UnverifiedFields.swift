public import JSON

/// The fields of a record that only unverified events wrote.
///
/// Every field has a clock of five elements, `[trusted, time, sequence, rank, hash]`, its own or the one under `*`; the
/// first is 0 where the event that wrote it was not verified.
public enum UnverifiedFields {
    /// - Parameters:
    ///   - fields: the record's data.
    ///   - extra: its further fields, whose clocks are under `extra.` and the name.
    ///   - clocks: the record's clocks. A field whose clock has another shape counts as verified.
    /// - Returns: the names, those of `extra` with `extra.` before them.
    public static func names(_ fields: JSONObject, extra: JSONObject, clocks: JSONObject) -> Set<String> {
        let common = clocks["*"]
        let names = fields.members.map(\.key) + extra.members.map { "extra." + $0.key }
        return Set(names.filter { isUnverified(clocks[$0] ?? common) })
    }

    /// The data and the further fields without those names.
    public static func strip(
        _ names: Set<String>, from fields: JSONObject, extra: JSONObject
    ) -> (fields: JSONObject, extra: JSONObject) {
        if names.isEmpty { return (fields, extra) }
        func kept(_ object: JSONObject, _ prefix: String) -> JSONObject {
            object.members.reduce(into: JSONObject()) { kept, member in
                if !names.contains(prefix + member.key) { kept[member.key] = member.value }
            }
        }
        return (kept(fields, ""), kept(extra, "extra."))
    }

    private static func isUnverified(_ clock: JSONValue?) -> Bool {
        guard let clock = clock?.array, clock.count == 5 else { return false }
        return clock[0].integer == 0
    }
}
