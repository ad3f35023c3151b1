import Platform

/// What a run calls itself in the database, for people: host and process.
public enum RunHolder {
    /// The name of this process.
    public static func name() -> String { "\(HostName.own):\(HostName.pid)" }
}
