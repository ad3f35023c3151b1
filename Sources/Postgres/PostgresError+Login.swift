extension PostgresError {
    /// Whether a server answered an attempt to connect and refused the login. libpq passes no SQLSTATE on then: the severity
    /// in its message is the sign, which a server with other `lc_messages` may translate.
    public var isRefusedLogin: Bool { connectionLost && state == nil && message.contains("FATAL:") }
}
