public import Settings

extension Rule {
    /// Whether a condition looks at the fields of the event's record.
    public var asksForRecord: Bool {
        let paths = (conditions + becomes).map(\.path) + changed
        return paths.contains { !EventColumns.has($0) }
    }

    /// Whether it matters what the event changed.
    public var asksForChange: Bool { !becomes.isEmpty || !changed.isEmpty }
}
