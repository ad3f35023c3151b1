internal import CPostgres

/// A connection string for another program of Postgres, such as pg_dump(1): what its command line may show, and what only its
/// environment may.
public struct ConninfoParts: Sendable {
    /// The connection string without passwords.
    public let visible: String
    /// `PGPASSWORD` and the like.
    public let environment: [String: String]
    /// The folder of the server's socket; nil for a server that is reached through the network, and for several hosts.
    public let socketFolder: String?
    /// The port, which is also part of the socket's name.
    public let port: String
    /// The database; nil where the user's name is meant.
    public let database: String?

    /// Reads either form.
    /// - Parameter conninfo: as libpq reads it.
    /// - Throws: ``PostgresError`` if it cannot be parsed; it never quotes it.
    public init(_ conninfo: String) throws(PostgresError) {
        var given = try ConnectionOptions.parse(conninfo)
        var environment: [String: String] = [:]
        environment["PGPASSWORD"] = given.removeValue(forKey: "password")
        environment["PGSSLPASSWORD"] = given.removeValue(forKey: "sslpassword")
        self.environment = environment
        // Debian's libpq looks there, too, when nothing is said.
        let host = given["host"].flatMap { $0.isEmpty ? nil : $0 } ?? "/run/postgresql"
        socketFolder = host.hasPrefix("/") && !host.contains(",") && given["hostaddr"] == nil ? host : nil
        port = given["port"] ?? "5432"
        database = given["dbname"]
        visible = Self.words(given)
    }

    /// A connection string as words, also of one that is a URI; passwords stay in it.
    /// - Throws: ``PostgresError`` if it cannot be parsed; it never quotes it.
    public static func words(of conninfo: String) throws(PostgresError) -> String {
        words(try ConnectionOptions.parse(conninfo))
    }

    private static func words(_ given: [String: String]) -> String {
        given.sorted { $0.key < $1.key }.map { "\($0.key)='\(quoted($0.value))'" }.joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        var quoted = ""
        for character in value.unicodeScalars {
            if character == "'" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted
    }
}
