internal import CPostgres

/// A connection string for another program of Postgres, such as pg_dump(1): what its command line may show, and what only its
/// environment may.
public struct ConninfoParts: Sendable {
    /// The connection string without passwords.
    public let visible: String
    /// `PGPASSWORD` and the like.
    public let environment: [String: String]

    /// Reads either form.
    /// - Parameter conninfo: as libpq reads it.
    /// - Throws: ``PostgresError`` if it cannot be parsed; it never quotes it.
    public init(_ conninfo: String) throws(PostgresError) {
        var given = try ConnectionOptions.parse(conninfo)
        var environment: [String: String] = [:]
        environment["PGPASSWORD"] = given.removeValue(forKey: "password")
        environment["PGSSLPASSWORD"] = given.removeValue(forKey: "sslpassword")
        self.environment = environment
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
