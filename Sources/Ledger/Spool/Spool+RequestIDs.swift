import Platform
import Webhooks

/// What waits in the spool, for the audit.
extension Spool {
    /// Whether a file waits in that folder, in later/ or in aside/.
    static func hasAny(_ folder: String) -> Bool {
        parts.contains { !((try? Files.list(folder + $0)) ?? []).filter(isWhole).isEmpty }
    }

    /// In the order in which a delivery may move from one to the next, so that none is missed.
    private static let parts = ["", "/" + later, "/" + aside]

    private static func isWhole(_ name: String) -> Bool { name.hasSuffix(suffix) || name.hasSuffix(suffix + ".torn") }

    /// The request ids of all deliveries that are on the disk, also of those that wait for a person.
    /// - Throws: `FileError`.
    func requestIDs() throws(FileError) -> Set<String> {
        var ids: Set<String> = []
        for part in Self.parts where Files.exists(folder + part) {
            for name in try Files.list(folder + part) where Self.isWhole(name) {
                do throws(FileError) {
                    let bytes = try Files.read("\(folder)\(part)/\(name)", limit: .max)
                    for one in SpoolSegment.read(bytes, key: key).deliveries { ids.insert(one.delivery.requestID) }
                } catch {
                    // It was imported, or moved on, meanwhile.
                    if !error.isMissing { throw error }
                }
            }
        }
        return ids
    }
}
