internal import Glibc
internal import Platform

/// A private Hookledger in one folder: Postgres, nginx with TLS, the responder under spawn-fcgi, the batch processor
/// every minute, and a stand-in for Slack. For `hookledger up`, and for every test that needs everything.
public final class LocalStack: Sendable {
    /// Where its files are.
    public let folder: StackFolder
    /// Where it can be reached.
    public let state: StackState

    private let supervisor: ChildProcess

    /// Starts a stack that ends with this process in any case, and returns when `/health` answers.
    ///
    /// - Parameters:
    ///   - options: what to start, and where.
    ///   - timeout: for the start; the first one in a folder makes a database cluster.
    ///   - isCancelled: polled during the start; true cancels it.
    /// - Throws: ``StackError``; nothing new runs then.
    public init(
        _ options: StackOptions, timeout: Duration = .seconds(120), isCancelled: () -> Bool = { false }
    ) throws(StackError) {
        folder = StackFolder(options.folder)
        let launch = try StackLaunch(options, parent: getpid())
        supervisor = launch.supervisor
        state = try launch.wait(timeout, isCancelled: isCancelled)
    }

    /// Starts a stack that outlives this process, and returns when `/health` answers.
    ///
    /// - Returns: its addresses, and whether it already ran.
    /// - Throws: ``StackError``; nothing new runs then.
    public static func startInBackground(
        _ options: StackOptions, timeout: Duration = .seconds(120)
    ) throws(StackError) -> (state: StackState, wasRunning: Bool) {
        if let state = running(in: StackFolder(options.folder)) { return (state, true) }
        let launch = try StackLaunch(options, parent: nil)
        return (try launch.wait(timeout) { false }, false)
    }

    /// The stack that runs in a folder; nil when none does.
    public static func running(in folder: StackFolder) -> StackState? {
        StackState(in: folder).flatMap { $0.supervisor.isAlive ? $0 : nil }
    }

    /// A development secret by the guides' name, such as `TIKTOK_APP_SECRET`; nil if there is none.
    public func secret(_ name: String) -> String? { DevelopmentSecrets.read(in: folder)[name] }

    /// Whether the stack still runs.
    public var isRunning: Bool { supervisor.isRunning }

    /// Stops every process of the stack. Its data stays.
    public func stop() { supervisor.terminate(grace: .seconds(60)) }

    /// Stops the stack in a folder, and leftovers of one whose supervisor was killed. Its data stays.
    ///
    /// - Returns: false when nothing ran.
    /// - Throws: ``StackError`` when a process could not be ended.
    @discardableResult
    public static func stop(in folder: StackFolder) throws(StackError) -> Bool {
        var ran = false
        let state = StackState(in: folder)
        if let supervisor = state?.supervisor, supervisor.isAlive {
            ran = true
            guard supervisor.end(grace: .seconds(60)) else {
                throw StackError(.failed, "process \(supervisor.pid) does not end")
            }
        }
        return try StackError.wrap {
            let leftover = ProcessList.leftover(in: folder)
            ran = ran || !leftover.alive.isEmpty
            try leftover.endAll()
            if Files.exists(folder.path + "/pgdata") {
                let cluster = try PostgresCluster(folder: folder.path)
                if cluster.pid != nil {
                    ran = true
                    cluster.stop()
                }
            }
            if let state { try Files.remove(state.sockets) }
            try Files.remove(folder.state)
            return ran
        }
    }
}
