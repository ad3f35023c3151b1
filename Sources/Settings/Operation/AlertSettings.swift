/// What is alerted beside dead letters, through the actions with `alerts: true`.
public struct AlertSettings: Sendable, Hashable {
    /// How long the same alert is not repeated.
    public let period: Duration
    /// The stock of a product or variant at or below which it alerts; nil for no such alert.
    public let lowStock: Int?
    /// The change of a price, in percent, from which on it alerts; nil for no such alert.
    public let priceChange: Int?
    /// The longest expected silence of each source, by name.
    public let silent: [String: Duration]
    /// The definition of a jump in signature failures; nil for no such alert.
    public let refusals: Refusals?

    /// The definition of a jump in verification failures within ten minutes.
    public struct Refusals: Sendable, Hashable {
        /// The least number.
        public let atLeast: Int
        /// The multiple of the usual rate: the average of the day before.
        public let factor: Int

        /// A limit of those numbers.
        public init(atLeast: Int, factor: Int) {
            self.atLeast = atLeast
            self.factor = factor
        }
    }

    /// Nothing but dead letters.
    public static let none = AlertSettings(
        period: AlertKeys.period.standard, lowStock: nil, priceChange: nil, silent: [:], refusals: nil)

    /// Whether any alert is configured.
    public var isEmpty: Bool { lowStock == nil && priceChange == nil && silent.isEmpty && refusals == nil }

    /// Alerts of that kind.
    public init(
        period: Duration, lowStock: Int?, priceChange: Int?, silent: [String: Duration], refusals: Refusals?
    ) {
        self.period = period
        self.lowStock = lowStock
        self.priceChange = priceChange
        self.silent = silent
        self.refusals = refusals
    }

    /// Reads `alerts:`.
    /// - Parameters:
    ///   - sources: the names that `silent` may have.
    ///   - actions: at least one must tell people.
    static func read(_ root: Section, sources: [String], actions: [ActionSettings]) -> AlertSettings {
        guard let section = root.section("alerts", keys: AlertKeys.section.names) else { return none }
        if !actions.contains(where: \.tellsAlerts) {
            root.problems.warn(
                section.line, "alerts: no action sends them; set alerts: true on an action that notifies people")
        }
        let refusals = section.section("refusals", keys: AlertKeys.refusals.names)
        return AlertSettings(
            period: AlertKeys.period.value(in: section),
            lowStock: AlertKeys.lowStock.value(in: section),
            priceChange: AlertKeys.priceChange.value(in: section),
            silent: silent(section, sources),
            refusals: refusals.map {
                Refusals(atLeast: AlertKeys.atLeast.value(in: $0), factor: AlertKeys.factor.value(in: $0))
            })
    }

    private static func silent(_ section: Section, _ sources: [String]) -> [String: Duration] {
        guard let table = section.section("silent", keys: nil) else { return [:] }
        var silent: [String: Duration] = [:]
        for entry in table.all {
            guard sources.contains(entry.key) else {
                section.problems.error(
                    entry.line,
                    "\(table.path) names an unknown source: \(table.quoted(entry.key))"
                        + Suggestion.phrase(for: entry.key, among: sources))
                continue
            }
            silent[entry.key] = table.duration(entry.key, AlertKeys.silence)
        }
        return silent
    }
}
