/// The receiver of webhooks.
public struct ResponderSettings: Sendable, Hashable {
    /// The most committers that a host has without being configured so.
    private static let mostByProcessors = 4

    /// The configured number of committers; nil if the processors decide.
    let written: Int?

    /// How many threads commit deliveries, each over its own session.
    /// - Parameter processors: how many this process may use.
    public func committers(processors: Int) -> Int { written ?? Self.standardCommitters(processors: processors) }

    /// The number where the configuration does not say: one on up to two processors, because a second one would take from
    /// the first; otherwise half of them, at most four.
    /// - Parameter processors: how many the responder may use.
    public static func standardCommitters(processors: Int) -> Int {
        max(1, min(mostByProcessors, processors / 2))
    }

    /// Reads `responder:`.
    static func read(_ root: Section) -> ResponderSettings {
        let section = root.section("responder", keys: ResponderKeys.section.names)
        return ResponderSettings(written: ResponderKeys.committers.value(in: section))
    }
}
