import Settings
import Webhooks

/// One delivery of an export, before it is judged.
struct ImportedDelivery: Sendable {
    /// Where its request is.
    enum Content: Sendable {
        /// In a file of our own export, with what the export says of it.
        case file(ExportedEvent)
        /// In the export of another tool.
        case whole(Delivery)
    }

    /// The source whose delivery it is.
    let source: SourceSettings
    /// When it was first received; never later than the import.
    let firstReceivedAt: Timestamp
    let content: Content

    /// What our own export says of it.
    var exported: ExportedEvent? {
        if case .file(let event) = content { event } else { nil }
    }

    /// The request, received when it was first received.
    func delivery(in folder: String) throws(TransferError) -> Delivery {
        switch content {
        case .whole(var delivery):
            delivery.receivedAt = firstReceivedAt
            return delivery
        case .file(let event):
            return try ExportFolder.request(of: event, in: folder).delivery(
                requestID: event.requestID, receivedAt: firstReceivedAt, remoteAddress: event.remoteAddress)
        }
    }
}
