import Platform

/// The SQL files of the schema on disk: `roles.sql`, `migrations/`, `functions/`, `views/`,
/// `grants.sql`.
public struct SchemaFiles: Sendable {
    /// One numbered migration.
    public struct Migration: Sendable {
        /// Its number, from its name.
        public let version: Int64
        /// Its file name.
        public let name: String
        /// Its text.
        public let sql: String
    }

    /// The roles, made once per cluster.
    public let roles: String
    /// The migrations in the order of their numbers.
    public let migrations: [Migration]
    /// Functions, views and grants, created again at each run, in order.
    public let derived: [(name: String, sql: String)]

    /// Reads the files below `folder`.
    /// - Throws: ``SchemaFilesError`` when a file is missing, cannot be read, or two migrations have one number.
    public init(folder: String) throws(SchemaFilesError) {
        roles = try Self.read(folder + "/roles.sql")
        var found: [Migration] = []
        for name in try Self.list(folder + "/migrations") {
            guard let version = Int64(name.prefix { $0.isNumber }), version == found.count + 1 else {
                throw SchemaFilesError(
                    "\(folder)/migrations/\(name): its number must be \(found.count + 1); numbers have no gaps")
            }
            found.append(Migration(version: version, name: name, sql: try Self.read("\(folder)/migrations/\(name)")))
        }
        guard !found.isEmpty else { throw SchemaFilesError("\(folder)/migrations has no .sql files") }
        migrations = found
        var parts: [(name: String, sql: String)] = []
        for part in ["functions", "views"] {
            for name in try Self.list("\(folder)/\(part)") {
                parts.append(("\(part)/\(name)", try Self.read("\(folder)/\(part)/\(name)")))
            }
        }
        parts.append(("grants.sql", try Self.read(folder + "/grants.sql")))
        #if DEBUG
            do {
                derived = try Splice.apply(Splice.planted.map { [$0] } ?? [], to: parts)
            } catch {
                throw SchemaFilesError("\(error)")
            }
        #else
            derived = parts
        #endif
    }

    private static func read(_ path: String) throws(SchemaFilesError) -> String {
        do {
            return String(decoding: try Files.read(path), as: UTF8.self)
        } catch {
            throw SchemaFilesError("\(path): \(error)")
        }
    }

    private static func list(_ folder: String) throws(SchemaFilesError) -> [String] {
        do {
            return try Files.list(folder).filter { $0.hasSuffix(".sql") }.sorted()
        } catch {
            throw SchemaFilesError("\(folder): \(error)")
        }
    }
}

/// Why the schema's files could not be read.
public struct SchemaFilesError: Error, CustomStringConvertible {
    /// What is wrong and where.
    public let description: String
    init(_ description: String) { self.description = description }
}
