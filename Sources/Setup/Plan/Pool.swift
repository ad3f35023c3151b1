/// A pool of the responder, as it runs on a host.
public enum Pool: String, Sendable, CaseIterable {
    /// Webhooks.
    case ingest
    /// The REST API.
    case api

    /// The socket that nginx passes requests to.
    public var socket: String { self == .ingest ? "/run/hookledger/responder.sock" : "/run/hookledger/api.sock" }

    /// The file of its process id, without systemd.
    public var pidFile: String { self == .ingest ? "/run/hookledger/responder.pid" : "/run/hookledger/api.pid" }

    /// The unit that holds the socket.
    public var socketUnit: String { unit + ".socket" }

    /// The unit that runs the program.
    public var serviceUnit: String { unit + ".service" }

    private var unit: String { self == .ingest ? "hookledger-responder" : "hookledger-responder-api" }

    /// The user and the group that spawn-fcgi gives the program.
    private var account: (user: String, group: String) {
        self == .ingest ? ("hookledger-ingest", "hookledger-spool") : ("hookledger-api", "hookledger")
    }

    /// The command that starts it on a host without systemd. Only nginx may write to the socket.
    ///
    /// - Parameter options: of spawn-fcgi, such as `-n` under a supervisor.
    public func spawn(_ options: [String]) -> [String] {
        ["spawn-fcgi"] + options + [
            "-s", socket, "-u", account.user, "-g", account.group, "-U", "www-data", "-G", "www-data", "-M", "0600",
            "-b",
            "1024", "--", "/usr/libexec/hookledger/hookledger-responder", "--pool", rawValue,
        ]
    }
}
