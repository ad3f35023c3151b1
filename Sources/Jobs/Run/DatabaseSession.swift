import Postgres

/// The run's connection: lost ones are replaced with back-off, statements that failed for a passing reason are left
/// for the next round.
final class DatabaseSession {
    private let conninfo: String
    private let slots: Int
    private let slotRenewal: Int64
    private let gate: (@Sendable (Connection) throws(PostgresError) -> String?)?
    private var connection: Connection?
    private var failures = 0
    private var tryAgainAt: Int64 = 0
    /// Since when nothing has worked; nil while all is well.
    private var awaySince: Int64?
    /// The last error, for the log.
    private var lastError: PostgresError?
    /// What no later round can fix.
    private var fatal: PostgresError?
    /// Why no job may run.
    private var held: String?
    /// nil before the first connection, false when all slots were taken, or another run has taken this one's.
    private var hasSlot: Bool?
    private var slot: Slots.Held?
    /// Until when the slot is certainly this run's.
    private var slotEnd: Int64 = 0
    private var nextRenewal: Int64 = 0

    private static let settings: [(name: String, value: String)] = [
        // A plan made while the queue was empty walks the whole table later on.
        ("plan_cache_mode", "force_custom_plan"), ("jit", "off"), ("statement_timeout", "30s"),
        ("lock_timeout", "10s"), ("idle_in_transaction_session_timeout", "30s"), ("search_path", "hookledger"),
    ]

    init(
        conninfo: String, slots: Int, slotRenewal: Int64,
        gate: (@Sendable (Connection) throws(PostgresError) -> String?)? = nil
    ) {
        self.gate = gate
        self.conninfo = conninfo
        self.slots = slots
        self.slotRenewal = slotRenewal
    }

    /// Runs statements that are harmless to repeat.
    ///
    /// - Returns: nil when Postgres is away or the statement failed; the caller tries again in a later round.
    func attempt<T>(now: Int64, _ body: (Connection) throws(PostgresError) -> T) -> T? {
        guard fatal == nil, now >= tryAgainAt else { return nil }
        do throws(PostgresError) {
            let value = try body(try connected())
            failures = 0
            awaySince = nil
            return value
        } catch {
            note(error, now: now)
            return nil
        }
    }

    private func connected() throws(PostgresError) -> Connection {
        if let connection, connection.isUsable { return connection }
        connection = nil
        let fresh = try Connection(
            conninfo: conninfo, applicationName: "hookledger-batch", settings: Self.settings,
            queryDeadline: .seconds(40))
        held = try gate?(fresh)
        if held != nil {
            // A lease of the data that was here before means nothing now.
            slot = nil
            hasSlot = false
        }
        if hasSlot == nil {
            let now = BatchRun.now()
            slot = try Slots.take(of: slots, for: RunHolder.name(), on: fresh)
            hasSlot = slot != nil
            extendSlot(from: now)
        }
        try fresh.listen(Slots.channel)
        connection = fresh
        return fresh
    }

    private func extendSlot(from now: Int64) {
        slotEnd = now + Slots.seconds * 1000
        nextRenewal = now + slotRenewal
    }

    /// How things are.
    func situation(isStopRaised: Bool, now: Int64) -> Situation {
        let slot: Situation.Slot =
            switch hasSlot {
            case nil: .notAsked
            case false: .gone
            case true: now < slotEnd ? .held : .overdue
            }
        return Situation(
            isStopRaised: isStopRaised, slot: slot, held: held, awaySince: awaySince, error: lastError?.description,
            fatal: fatal?.description)
    }

    /// Renews the slot's lease when that is due.
    ///
    /// - Returns: false when another run has the slot.
    func keepSlot(_ now: Int64) -> Bool {
        guard let held = slot, now >= nextRenewal else { return true }
        let isKept = attempt(now: now) { (connection) throws(PostgresError) in
            try Slots.renew(held, on: connection)
        }
        guard let isKept else { return true }
        if isKept {
            extendSlot(from: now)
        } else {
            slot = nil
            hasSlot = false
        }
        return isKept
    }

    /// Frees the slot at the end of the run. Where that fails it is free when its lease ends.
    func releaseSlot(_ now: Int64) {
        guard let held = slot else { return }
        slot = nil
        _ = attempt(now: now) { (connection) throws(PostgresError) in try Slots.release(held, on: connection) }
    }

    /// What to wait on for notifications of new jobs; nil while Postgres is away.
    var descriptor: Int32? { connection?.descriptor }

    /// Whether jobs were made since this was asked last.
    func takeNotifications() -> Bool { connection?.takeNotifications() ?? false }

    /// Says whether this run waits for jobs.
    func announce(isWaiting: Bool, on connection: Connection) throws(PostgresError) {
        if let slot { try Slots.announce(slot, isWaiting: isWaiting, on: connection) }
    }

    private func note(_ error: PostgresError, now: Int64) {
        lastError = error
        awaySince = awaySince ?? now
        failures += 1
        let longest: Int64 = min(200 << Int64(min(failures - 1, 5)), 5000)
        tryAgainAt = now + Int64.random(in: longest / 2...longest)
        if error.connectionLost { connection = nil }
        if Self.isHopeless(error) { fatal = error }
    }

    /// Missing schema, tables, functions or rights: another try changes nothing, a person must.
    private static func isHopeless(_ error: PostgresError) -> Bool {
        guard let state = error.state, !error.connectionLost else { return false }
        return state == .pooledSession || state.errorClass == "42" || state.errorClass == "3D"
            || state.errorClass == "3F"
    }
}
