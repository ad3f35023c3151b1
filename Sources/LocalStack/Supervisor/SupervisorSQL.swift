/// The statements of a private stack.
enum SupervisorSQL {
    /// Whether the database is there.
    static let database = "SELECT 1 FROM pg_database WHERE datname = $1"
}
