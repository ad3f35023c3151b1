/// A session that is opened when it is first needed, and again when it was lost. Confined to one thread.
public struct LazySession {
    private let connect: () throws(PostgresError) -> Connection
    private var opened: Connection?

    /// Opens nothing yet.
    /// - Parameter connect: makes the connection, once. Opened again, it has the same parameters.
    public init(_ connect: @escaping () throws(PostgresError) -> Connection) { self.connect = connect }

    /// - Returns: the session, open as far as this side can tell (``Connection/isUsable``).
    /// - Throws: ``PostgresError`` if it cannot be opened; the next call tries again.
    public mutating func open() throws(PostgresError) -> Connection {
        if let opened {
            if !opened.isUsable { try opened.reset() }
            return opened
        }
        let made = try connect()
        opened = made
        return made
    }
}
