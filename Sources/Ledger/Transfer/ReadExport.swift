public import Settings
public import Webhooks

/// An export that was read and whose hashes are right, with the sources of this configuration.
public struct ReadExport: Sendable {
    /// Where the files of our own export are.
    let folder: String
    let deliveries: [ImportedDelivery]

    /// How many deliveries it has.
    public var count: Int { deliveries.count }

    /// Reads a folder that ``EventExport`` wrote.
    /// - Parameters:
    ///   - source: whose deliveries they are; nil for the sources that the export names.
    ///   - now: nothing was first received later.
    /// - Throws: ``TransferError`` if a file is missing, damaged or elsewhere, or the configuration lacks a source.
    public init(
        folder: String, source: SourceSettings?, settings: Settings, now: Timestamp
    ) throws(TransferError) {
        var deliveries: [ImportedDelivery] = []
        for event in try ExportFolder.read(folder) {
            guard let owner = source ?? settings.source(named: event.source) else {
                throw TransferError(
                    "the configuration has no source \(event.source): name one with --source, or configure it")
            }
            deliveries.append(
                ImportedDelivery(
                    source: owner, firstReceivedAt: min(event.receivedAt, now), content: .file(event)))
        }
        self.folder = folder
        self.deliveries = deliveries
    }

    /// Reads a file of another tool.
    /// - Parameters:
    ///   - source: whose deliveries they are.
    ///   - now: nothing was first received later.
    /// - Throws: ``TransferError`` if it is not of that form.
    public init(
        file: [UInt8], of tool: ForeignExport, source: SourceSettings, now: Timestamp
    ) throws(TransferError) {
        folder = ""
        deliveries = try tool.deliveries(file).map { delivery in
            var delivery = delivery
            if delivery.path.isEmpty { delivery.path = source.paths.first ?? "/" }
            return ImportedDelivery(
                source: source, firstReceivedAt: min(delivery.receivedAt, now), content: .whole(delivery))
        }
    }
}
