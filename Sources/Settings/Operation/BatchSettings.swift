/// The limits of the batch processor.
public struct BatchSettings: Sendable, Hashable {
    /// ``slots`` where the configuration does not say.
    public static let standardSlots = 4

    /// How many runs may be active at the same time on the database.
    public let slots: Int
    /// The most simultaneous requests of one run to one destination.
    public let perDestination: Int
    /// What single destinations take.
    public let destinations: DestinationLimits
    /// How many jobs one run holds at most: bounds requests under way and memory.
    public let inFlight: Int
    /// The file in which this host keeps the generation of the database; each cell has its own.
    public let generationFile: String

    /// Reads `batch:`.
    /// - Parameter cell: the cell that is worked on; nil for the database itself.
    static func read(_ root: Section, _ location: ConfigurationFile, cell: String?) -> BatchSettings {
        let section = root.section("batch", keys: BatchKeys.section.names)
        return BatchSettings(
            slots: BatchKeys.slots.value(in: section),
            perDestination: BatchKeys.perDestination.value(in: section),
            destinations: DestinationLimits.read(section),
            inFlight: BatchKeys.inFlight.value(in: section),
            generationFile: (BatchKeys.generationFile.value(in: section).map { FilePath.join(location.directory, $0) }
                ?? standardGenerationFile(location)) + (cell.map { "-" + $0 } ?? ""))
    }

    /// The batch processor may write to neither /etc nor a folder of another user.
    private static func standardGenerationFile(_ location: ConfigurationFile) -> String {
        let isSystem = location.directory == ConfigurationFile.systemDirectory || !location.exists
        return isSystem ? BatchKeys.systemGenerationFile : FilePath.join(location.directory, "generation")
    }
}
