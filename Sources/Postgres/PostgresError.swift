/// An error between this process and Postgres.
///
/// ``description`` is fit for a log. ``message``, ``detail`` and ``context`` are the server's own words and may quote
/// the values of a row: show them to an operator who may see the row, and to nobody else.
public struct PostgresError: Error, Hashable, Sendable {
    /// The code; nil when libpq itself, not the server, saw the failure (socket closed, no route, deadline).
    public var state: SQLState?
    /// The primary message.
    public var message: String
    /// The secondary message; may quote a whole row.
    public var detail: String?
    /// The server's hint.
    public var hint: String?
    /// Where in functions and triggers it happened.
    public var context: String?
    /// The schema of the object concerned, where the server names it.
    public var schema: String?
    /// The table concerned, where the server names it.
    public var table: String?
    /// The column concerned, where the server names it.
    public var column: String?
    /// The constraint concerned, where the server names it.
    public var constraint: String?
    /// The connection is unusable: `Connection.reset()` or a new one. When this comes out of a COMMIT, or out of a
    /// statement of its own, it is unknown whether it took effect: send it again with the same dedupe key.
    public var connectionLost: Bool

    /// Makes an error by hand; all but the message may be left out.
    public init(
        state: SQLState? = nil, message: String, detail: String? = nil, hint: String? = nil, context: String? = nil,
        schema: String? = nil, table: String? = nil, column: String? = nil, constraint: String? = nil,
        connectionLost: Bool? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = detail
        self.hint = hint
        self.context = context
        self.schema = schema
        self.table = table
        self.column = column
        self.constraint = constraint
        self.connectionLost = connectionLost ?? (state?.isConnectionLost ?? false)
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Code, message and the names of the objects, without the values of any row or parameter, password or conninfo.
    public var description: String {
        var text = state.map { "SQLSTATE \($0.rawValue): " } ?? ""
        text += LogText.safe(message, state: state)
        if let table { text += " (table \(table))" }
        if let column { text += " (column \(column))" }
        if let constraint { text += " (constraint \(constraint))" }
        if connectionLost { text += " [connection lost]" }
        return text
    }

    /// The same as ``description``: string interpolation by a debugger or a test must not say more.
    public var debugDescription: String { description }
}
