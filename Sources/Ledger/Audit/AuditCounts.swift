/// What an audit counts.
public struct AuditCounts: Sendable, Hashable {
    /// The log files that were read.
    public var files = 0
    /// Their lines within the time.
    public var lines = 0
    /// Requests that were answered 2xx.
    public var answered = 0
    /// Those that are events.
    public var events = 0
    /// Those that repeat a stored event.
    public var duplicates = 0
    /// Those that are handshakes, which store no event.
    public var handshakes = 0
    /// Those that wait in the spool of the host.
    public var spooled = 0
    /// Requests that were not answered 2xx.
    public var refused = 0
    /// Answers that are older than the retention of events, and repetitions of events that are: not compared.
    public var tooOld = 0
    /// Lines that could not be read.
    public var unreadable = 0
    /// Events of that time without a line: of other hosts whose logs were not given, or a line was lost.
    public var unlogged = 0
    /// Requests that were answered 2xx and are not stored.
    public var missing = 0
    /// The first of them.
    public var missingIDs: [String] = []

    /// How many ids are kept.
    public static let mostIDs = 1000

    /// Nothing was counted yet.
    public init() {}

    /// By the names of the view `audit_runs`, in the order of a report.
    public var named: [(name: String, count: Int)] {
        [
            ("answered", answered), ("events", events), ("duplicates", duplicates), ("handshakes", handshakes),
            ("spooled", spooled), ("missing", missing), ("refused", refused), ("too_old", tooOld),
            ("unreadable", unreadable), ("unlogged", unlogged), ("files", files), ("lines", lines),
        ]
    }

    mutating func miss(_ line: HookLogLine) {
        missing += 1
        if missingIDs.count < Self.mostIDs { missingIDs.append(line.requestID) }
    }
}
