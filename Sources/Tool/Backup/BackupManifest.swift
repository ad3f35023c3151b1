import JSON
import Platform
import Settings
import Webhooks

/// What a backup says of itself: `manifest.json` in its folder. It holds no secret: keys and secrets are named only.
struct BackupManifest {
    /// The form of the folder that this program writes.
    static let format: Int64 = 1
    static let file = "manifest.json"
    static let dump = "database.dump"
    static let roles = "roles.sql"
    static let spool = "spool"

    /// A file of the backup.
    struct Part {
        /// Its path in the folder.
        let path: String
        let bytes: Int64
        let sha256: String
    }

    /// When the dump's snapshot was taken.
    let takenAt: Timestamp
    /// The version of the schema.
    let schema: Int64
    /// The generation of the database.
    let generation: Int64
    /// The rows of each table at that time.
    let rows: [String: Int64]
    let parts: [Part]
    /// The names in the configuration, and of the secrets that it needs.
    let configuration: JSONValue
    /// The id of each key of the installation, by name.
    let keys: [String: String]

    var json: JSONValue {
        var counts = JSONObject()
        for (table, count) in rows.sorted(by: { $0.key < $1.key }) { counts[table] = .number(JSONNumber(count)) }
        var ids = JSONObject()
        for (name, id) in keys.sorted(by: { $0.key < $1.key }) { ids[name] = .string(id) }
        return [
            "format": .number(JSONNumber(Self.format)), "program": .string(Version.text),
            "taken_at": .string(takenAt.rfc3339), "schema": .number(JSONNumber(schema)),
            "generation": .number(JSONNumber(generation)), "rows": .object(counts),
            "files": .array(
                parts.map {
                    [
                        "path": .string($0.path), "bytes": .number(JSONNumber($0.bytes)), "sha256": .string($0.sha256),
                    ]
                }), "configuration": configuration, "keys": .object(ids),
        ]
    }

    /// Reads the manifest of a backup.
    /// - Throws: `BackupError` if there is none, or it is of another form.
    init(in folder: String) throws {
        let path = folder + "/" + Self.file
        let text: String
        do throws(FileError) {
            text = try Files.readText(path)
        } catch {
            throw BackupError("\(folder) is no backup: \(error)")
        }
        guard let json = try? JSONValue(parsing: Array(text.utf8)), let format = Self.number(json["format"]) else {
            throw BackupError("\(path) is not the manifest of a backup")
        }
        guard format == Self.format else {
            throw BackupError(
                "\(path) has format \(format), and this program reads format \(Self.format): use the newer program")
        }
        guard let taken = json["taken_at"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
            let schema = Self.number(json["schema"]), let generation = Self.number(json["generation"]),
            let counts = json["rows"]?.object, let files = json["files"]?.array, let keys = json["keys"]?.object
        else { throw BackupError("\(path) is not complete: a member is missing") }
        takenAt = taken
        self.schema = schema
        self.generation = generation
        rows = Dictionary(
            counts.members.compactMap { member in Self.number(member.value).map { (member.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        parts = try files.map { file in
            guard let name = file["path"]?.string, let bytes = Self.number(file["bytes"]),
                let sha256 = file["sha256"]?.string, !name.hasPrefix("/"), !name.split(separator: "/").contains("..")
            else { throw BackupError("\(path) is damaged: an entry of files is not valid") }
            return Part(path: name, bytes: bytes, sha256: sha256)
        }
        self.keys = Dictionary(
            keys.members.compactMap { member in member.value.string.map { (member.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        configuration = json["configuration"] ?? .null
    }

    init(
        takenAt: Timestamp, schema: Int64, generation: Int64, rows: [String: Int64], parts: [Part],
        configuration: JSONValue, keys: [String: String]
    ) {
        self.takenAt = takenAt
        self.schema = schema
        self.generation = generation
        self.rows = rows
        self.parts = parts
        self.configuration = configuration
        self.keys = keys
    }

    private static func number(_ value: JSONValue?) -> Int64? { value.flatMap { Int64($0.text) } }
}

/// A backup that cannot be made, read or restored.
struct BackupError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
