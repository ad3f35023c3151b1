/// Reads `spool:`, the folder that keeps deliveries while Postgres is away.
enum Spool {
    static func read(_ root: Section, _ sources: [SourceSettings], directory: String) -> String? {
        if let path = root.text("spool") { return FilePath.join(directory, path) }
        for source in sources
        where source.contracts.contains(where: { $0.onStoreFailure == .spool }) && !root.has("spool") {
            root.problems.error(
                nil,
                "sources.\(source.name) has on_store_failure: spool; set spool: to a folder, "
                    + "such as /var/lib/hookledger/spool")
        }
        return nil
    }
}
