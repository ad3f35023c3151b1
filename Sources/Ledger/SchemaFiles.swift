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

    /// What a database holds.
    public enum Kind: Sendable {
        /// Shops: the only database, or a cell.
        case ledger
        /// No shop; it sends deliveries to the cells.
        case router
    }

    /// What a database with this schema holds.
    public let kind: Kind
    /// The roles, made once per cluster.
    public let roles: String
    /// The migrations in the order of their numbers.
    public let migrations: [Migration]
    /// Functions, views and grants, created again at each run, in order.
    public let derived: [(name: String, sql: String)]

    /// Reads the files below `folder`. A router has migrations and functions of its own below `router`, and those functions that are the same in both.
    /// - Throws: ``SchemaFilesError`` when a file is missing, cannot be read, or two migrations have one number.
    public init(folder: String, kind: Kind = .ledger) throws(SchemaFilesError) {
        self.kind = kind
        roles = try Self.read(folder + "/roles.sql")
        let base = kind == .ledger ? "" : "router/"
        var found: [Migration] = []
        for name in try Self.list("\(folder)/\(base)migrations") {
            guard let version = Int64(name.prefix { $0.isNumber }), version == found.count + 1 else {
                throw SchemaFilesError(
                    "\(folder)/\(base)migrations/\(name): its number must be \(found.count + 1); numbers have no gaps")
            }
            found.append(
                Migration(version: version, name: name, sql: try Self.read("\(folder)/\(base)migrations/\(name)")))
        }
        guard !found.isEmpty else { throw SchemaFilesError("\(folder)/\(base)migrations has no .sql files") }
        migrations = found
        var parts: [(name: String, sql: String)] = []
        if kind == .router {
            for name in Self.shared { parts.append((name, try Self.read("\(folder)/\(name)"))) }
        }
        for part in ["functions", "views"] {
            for name in try Self.list("\(folder)/\(base)\(part)") {
                parts.append(("\(base)\(part)/\(name)", try Self.read("\(folder)/\(base)\(part)/\(name)")))
            }
        }
        parts.append(("\(base)grants.sql", try Self.read("\(folder)/\(base)grants.sql")))
        #if DEBUG
            do {
                let planted = [Splice.planted].compactMap(\.self).filter {
                    $0.file.hasPrefix("router/") == (kind == .router)
                }
                derived = try Splice.apply(planted, to: parts)
            } catch {
                throw SchemaFilesError("\(error)")
            }
        #else
            derived = parts
        #endif
    }

    /// The functions that a router has, too.
    private static let shared = ["slots", "tokens", "counters"].map { "functions/01_\($0).sql" }

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
