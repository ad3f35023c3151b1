import Actions
import Jobs
import Ledger
import LogLines
import Logging
import Outbound
import Platform
import Postgres
import Settings
import Transport

/// All work of a run beside its jobs, on one thread and over one session.
///
/// The turns are a list, the most urgent first. A long turn gives way between its steps: the turns before it in the list take
/// place as soon as they are due. So a token whose refresh is due waits for one request or one statement of another turn, at most
/// half a minute, and its refresh is due five minutes before its end.
final class SideLoop {
    /// The run's.
    let settings: Settings
    let metrics: Metrics
    let logger: Logger
    /// Closed for a restored database: then nothing takes place.
    let gate: Gate

    private let turns: [any SideTurn]
    private let isEnded: () -> Bool
    /// When each turn is due, in milliseconds of the monotonic clock; nil for never again.
    private var due: [Int64?]
    /// The turn that takes place; nil for none.
    private var running: Int?
    private var session: Connection?
    /// Whether the gate was open for the session.
    private var isCleared = false
    private var isClosed = false

    /// - Parameters:
    ///   - turns: the most urgent first.
    ///   - isEnded: whether the run is over.
    init(
        _ turns: [any SideTurn], settings: Settings, metrics: Metrics, logger: Logger, gate: Gate,
        isEnded: @escaping () -> Bool
    ) {
        self.turns = turns
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
        self.gate = gate
        self.isEnded = isEnded
        due = turns.map { _ in 0 }
    }

    /// Whether no further step may begin.
    var isOver: Bool { isEnded() || isClosed }

    /// Continues until the run is over.
    func run() {
        for place in turns.indices where !isClosed && (turns[place].isForEveryRun || !isOver) { work(place) }
        while !isOver {
            SystemClock.sleep(milliseconds: 50)
            work(before: turns.count)
        }
    }

    /// Lets the more urgent turns that are due take place, unless a transaction is open.
    /// - Returns: whether the asking turn must end.
    func giveWay() -> Bool {
        if let running, session?.isInTransaction != true { work(before: running) }
        return isOver
    }

    /// Waits, and gives way meanwhile.
    func pause(_ milliseconds: Int64) {
        let end = Self.now() + milliseconds
        while !giveWay(), Self.now() < end { SystemClock.sleep(milliseconds: 20) }
    }

    private func work(before end: Int) {
        for place in 0..<end where !isOver {
            if let time = due[place], time <= Self.now() { work(place) }
        }
    }

    private func work(_ place: Int) {
        let outer = running
        running = place
        defer { running = outer }
        do {
            try turns[place].run(self)
        } catch is Closed {
            isClosed = true
        } catch {
            logger.report(turns[place].failure, ["error": "\(error)"])
        }
        due[place] = turns[place].interval.map { Self.now() + $0 }
    }

    /// Sends a request to a provider.
    typealias Sender = (HTTPRequest) -> Reply

    // The session

    /// The database was restored, so nothing may take place.
    private struct Closed: Error {}

    /// The session, which has passed the gate.
    func connection() throws -> Connection {
        let used = try openSession()
        if !isCleared {
            guard try gate.state(on: used).reason == nil else { throw Closed() }
            isCleared = true
        }
        return used
    }

    /// Reports that a batch processor runs: responders get it with every batch that they record.
    func beat() throws {
        // A session that died while it was idle is replaced.
        if let session, (try? session.query("select 1")) == nil { self.session = nil }
        let used = try openSession()
        // Before the report, which would hide when the restored data ends.
        let state = try gate.state(on: used)
        // A host that runs nothing does not report that it runs.
        if case .unknownHost = state { throw Closed() }
        _ = try used.query("select hookledger.beat($1::timestamptz)", [.timestamp(SystemClock.wallMicroseconds())])
        guard state.reason == nil else { throw Closed() }
        isCleared = true
    }

    private func openSession() throws(PostgresError) -> Connection {
        if let session, session.isUsable { return session }
        session = nil
        isCleared = false
        let made = try connect()
        session = made
        return made
    }

    /// A session of its own, that has passed no gate.
    func connect() throws(PostgresError) -> Connection {
        try Connection(
            conninfo: settings.database.connection(for: .batch).conninfo, applicationName: "hookledger-side",
            settings: [
                ("statement_timeout", "30s"), ("lock_timeout", "10s"), ("search_path", "hookledger"), ("jit", "off"),
            ], queryDeadline: .seconds(40))
    }

    /// A client for requests to providers. Before each of them the more urgent turns take place.
    func sender() throws -> Sender {
        let client = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
        return { [unowned self] request in
            _ = giveWay()
            return client.reply(to: request)
        }
    }

    private static func now() -> Int64 { SystemClock.monotonicNanoseconds() / 1_000_000 }
}
