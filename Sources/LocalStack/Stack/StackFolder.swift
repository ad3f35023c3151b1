internal import Platform

/// The paths inside a stack's folder.
public struct StackFolder: Sendable, Hashable {
    /// The folder itself.
    public let path: String

    /// Names the paths; nothing is made.
    public init(_ path: String) { self.path = path }

    /// The file to source: URLs, database and development secrets.
    public var environment: String { path + "/env" }
    /// The certificate of localhost, which clients are to trust.
    public var certificate: String { path + "/tls/certificate.pem" }
    /// `hookledger.yaml` of the stack. Kept once it is there.
    public var configuration: String { path + "/hookledger.yaml" }
    /// The secrets named in the configuration. Kept; missing ones are added.
    public var secrets: String { path + "/hookledger.env" }
    /// Where the configuration looks for the key of the spool, unless it says otherwise.
    var credentialKey: String { path + "/keys/credentials.key" }
    /// The folder of the logs.
    public var logs: String { path + "/log" }

    /// The log of one part: `nginx-access`, `nginx-error`, `responder`, `api`, `batch`, `slack`, `supervisor`.
    public func log(_ part: String) -> String { "\(logs)/\(part).log" }

    /// The log that `hookledger audit` reads: where the configuration looks for it, unless it says otherwise.
    public var hookLog: String { logs + "/hooks.log" }

    /// The messages received by the stand-in for Slack, one JSON object a line.
    public var slackMessages: String { logs + "/slack.jsonl" }

    var certificateKey: String { path + "/tls/key.pem" }
    var nginx: String { path + "/nginx" }
    var nginxConfiguration: String { nginx + "/nginx.conf" }
    var nginxPID: String { nginx + "/nginx.pid" }
    var state: String { path + "/state.json" }
    var processes: String { path + "/processes" }
    var lock: String { path + "/lock" }

    /// Makes the folders. Only their owner and root may enter `tls`; the folder itself is open to others so that
    /// Postgres, which runs as a user of its own, reaches its data.
    func make() throws(FileError) {
        try Files.makeFolder(path)
        try Files.makeFolder(logs)
        try Files.makeFolder(nginx)
        try Files.makeFolder(path + "/tls", mode: 0o700)
    }
}
