import JSON
import Platform
public import Settings
import Webhooks

/// The orders and events of deliveries in `aside/` of the spool, and the deliveries' own ids: they came, and could not be
/// imported.
public enum ReconcileAside {
    /// The ids of a source's orders, events and deliveries.
    /// - Parameters:
    ///   - folder: that of the spool; nil if there is none.
    ///   - key: the spool's key; without it nothing can be read.
    /// - Returns: none if a file cannot be read.
    public static func orderIDs(of source: String, folder: String?, key: KeyFile?) -> Set<String> {
        guard let folder, let key, let names = try? Files.list(folder + "/" + Spool.aside) else { return [] }
        var ids: Set<String> = []
        for name in names {
            guard let bytes = try? Files.read("\(folder)/\(Spool.aside)/\(name)", limit: Spool.standardLimit) else {
                continue
            }
            for spooled in SpoolSegment.read(bytes, key: key.credentialKey).deliveries where spooled.source == source {
                if let id = spooled.delivery.headers["x-github-delivery"] { ids.insert(id) }
                guard let body = try? JSONValue(parsing: spooled.delivery.body) else { continue }
                for member in ["id", "order_id"] {
                    if let id = (body[member] ?? body["data"]?[member])?.identifier { ids.insert(id) }
                }
            }
        }
        return ids
    }
}
