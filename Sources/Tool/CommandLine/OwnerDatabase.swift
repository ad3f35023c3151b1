import Actions
import Platform
import Settings

/// The database for commands that change the schema or all of its data: they connect as a role that may create roles.
enum OwnerDatabase {
    /// - Parameter named: the option `--database`.
    /// - Throws: `UsageError` if nothing names the database.
    static func conninfo(_ named: String?) throws -> String {
        if let named = named ?? Environment.value(of: "HOOKLEDGER_DATABASE"), !named.isEmpty { return named }
        do throws(SettingsErrors) {
            return try Settings.load(from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
                .database.connection(for: .owner).conninfo
        } catch {
            throw UsageError(
                "name the database: --database 'dbname=hookledger', or HOOKLEDGER_DATABASE. The configuration names none "
                    + "that can be used here:\n\(error.errors.map(\.description).joined(separator: "\n"))")
        }
    }
}
