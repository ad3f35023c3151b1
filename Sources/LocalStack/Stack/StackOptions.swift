internal import Platform
internal import Settings

/// What to start, and where.
public struct StackOptions: Sendable, Hashable {
    /// Absolute path of the stack's folder: data, configuration, logs. Created if missing.
    public var folder: String
    /// The programs to run.
    public var programs: StackPrograms
    /// The folder that holds `nginx/` and `sql/` as they ship.
    public var share: String
    /// The port of https on 127.0.0.1; 0 chooses a free one.
    public var httpsPort = 8443
    /// The port of plain http on 127.0.0.1; 0 chooses a free one.
    public var httpPort = 8080
    /// Whether plain http refuses deliveries and redirects the rest, as on a real host, instead of serving all.
    public var isProduction = false
    /// The rate of `/api` for each peer.
    public var apiRate = RateLimit(requests: 1_000, window: .milliseconds(60_000))
    /// How many seconds lie between two starts of the batch processor. Cron's are 60.
    public var batchInterval = 60

    /// Options with the default ports.
    public init(folder: String, programs: StackPrograms, share: String) {
        self.folder = folder
        self.programs = programs
        self.share = share
    }
}

/// The programs of a stack, by absolute path.
public struct StackPrograms: Sendable, Hashable {
    /// `hookledger`: it supervises, and stands in for Slack.
    public var tool: String
    /// `hookledger-responder`, or another FastCGI program; it is given `--pool` and `--config`.
    public var responder: String
    /// `hookledger-batch`; nil runs none.
    public var batch: String?

    /// Names the programs.
    public init(tool: String, responder: String, batch: String?) {
        self.tool = tool
        self.responder = responder
        self.batch = batch
    }

    /// The programs that belong to a tool: all in its folder, as built by `swift build`, or the responder in
    /// `../libexec/hookledger`, as they are installed.
    ///
    /// - Parameter tool: absolute path of `hookledger`.
    public static func beside(_ tool: String) -> StackPrograms {
        let folder = tool.lastIndex(of: "/").map { String(tool[..<$0]) } ?? ""
        let installed = folder + "/../libexec/hookledger/hookledger-responder"
        return StackPrograms(
            tool: tool, responder: Files.exists(installed) ? installed : folder + "/hookledger-responder",
            batch: folder + "/hookledger-batch")
    }
}

/// The most requests of a peer in a time: `RATE_LIMIT_MAX_REQUESTS` in `RATE_LIMIT_WINDOW_MS`.
public struct RateLimit: Sendable, Hashable {
    /// How many; at least 1 counts.
    public let requests: Int
    /// In what time; at least a millisecond counts.
    public let window: Duration

    /// Makes a limit from the guide's two numbers.
    public init(requests: Int, window: Duration) {
        self.requests = requests
        self.window = window
    }

    /// The rate in whole requests a minute, rounded up: nginx knows no slower one than 1.
    public var perMinute: Int {
        let window = max(Int(window.wholeMilliseconds), 1)
        return max(1, (max(requests, 1) * 60_000 + window - 1) / window)
    }

    /// How many beyond the first are allowed at once.
    public var burst: Int { max(requests, 1) - 1 }
}
