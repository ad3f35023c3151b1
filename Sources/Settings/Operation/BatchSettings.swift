/// The limits of the batch processor.
public struct BatchSettings: Sendable, Hashable {
    /// How many runs may be active at the same time on the database.
    public let slots: Int
    /// The most simultaneous requests of one run to one destination.
    public let perDestination: Int
    /// How many jobs one run holds at most: bounds requests under way and memory.
    public let inFlight: Int

    /// Reads `batch:`; 4 runs of 1000 jobs, 32 requests to one destination where it says nothing.
    static func read(_ root: Section) -> BatchSettings {
        let section = root.section("batch", keys: ConfigurationKeys.batch)
        return BatchSettings(
            slots: section?.integer("slots", 1...64) ?? 4,
            perDestination: section?.integer("per_destination", 1...1024) ?? 32,
            inFlight: section?.integer("in_flight", 1...4096) ?? 1000)
    }
}
