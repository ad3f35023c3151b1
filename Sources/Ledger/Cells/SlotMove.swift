import Platform
public import Postgres

/// Moves slots with all of their rows from one cell to another, while deliveries of other slots continue.
///
/// The order of the steps makes a move that is interrupted harmless, and one that is begun again complete: the jobs of the slots end,
/// the slots close, the rows come into the new cell together with the open slots, the router's map changes, and the old cell deletes
/// its rows. A cell is in one move at a time.
public struct SlotMove {
    /// How a move ended.
    public struct Report: Sendable, Hashable {
        /// How many rows moved.
        public let rows: Int
        /// For how long the slots were closed.
        public let closedFor: Duration
    }

    /// Why slots did not move; they are open where they were, unless it says otherwise.
    public enum Failure: Error, CustomStringConvertible {
        /// A cell or the router failed.
        case database(String, PostgresError)
        /// The rows are in the new cell, or it is unknown; the slots are closed until the command is run again.
        case unfinished(PostgresError)
        /// This many jobs did not end in time.
        case jobsRun(Int)
        /// Deliveries hold the lock of the slots.
        case notClosed
        /// Only some of the slots are in the new cell.
        case mixed
        /// This cell is in another move.
        case busy(String)
        /// Both cells have the slots open.
        case contested

        /// The error and the advice.
        public var description: String {
            switch self {
            case .database(let name, let error): "\(name): \(error)"
            case .unfinished(let error):
                "the move was interrupted at its end (\(error)): the slots store nothing until the same command is run again"
            case .jobsRun(let count): "\(count) jobs of these slots still run: try again later"
            case .notClosed: "a transaction holds the slots of the old cell: try again later"
            case .busy(let name): "another move is under way from or to \(name): try again when it is over"
            case .contested:
                "both cells hold these slots, and one of them was restored: hookledger cells check --repair"
            case .mixed: "some of these slots are in the new cell already: name the others only"
            }
        }
    }

    /// How long running jobs are waited for, and the lock of the slots.
    private static let patience = Duration.seconds(90)
    private static let patienceWhileClosed = Duration.seconds(5)
    private static let pause: Int = 100
    /// How often the rows are copied, if others change them meanwhile.
    private static let attempts = 5

    private let slots: [Int]
    private let list: String
    private let old: End
    private let new: End
    private let router: Connection

    /// A cell of a move: its name, a connection as a role that may change everything, and another one that keeps other moves away.
    public typealias End = (name: String, connection: Connection, lock: Connection)

    /// Does nothing yet.
    /// - Parameters:
    ///   - slots: those to move, all in the old cell.
    ///   - old: the cell that they leave.
    ///   - new: the cell that they come to.
    ///   - router: a connection as a role that may change the map.
    public init(_ slots: [Int], from old: End, to new: End, router: Connection) {
        self.slots = slots
        list = CellState.list(slots)
        self.old = old
        self.new = new
        self.router = router
    }

    /// Moves them, or does the rest of a move that was interrupted.
    /// - Throws: ``Failure``.
    public func run() throws(Failure) -> Report {
        defer { Self.unlock([old, new]) }
        try Self.lock([old, new])
        let arrived = try open(in: new)
        if arrived == slots.count {
            guard try open(in: old) == 0 else { throw .contested }
            return try finish()
        }
        guard arrived == 0 else { throw .mixed }
        let since = SystemClock.monotonicNanoseconds()
        let rows: Int
        do throws(Failure) {
            try drain(within: Self.patience)
            try close()
            // Jobs of deliveries that were being recorded when the others were held.
            try drain(within: Self.patienceWhileClosed)
            try raiseSequences()
            rows = try transferInTheEnd()
        } catch {
            _ = try? old.connection.execute("rollback")
            if case .unfinished = error { throw error }
            _ = try? new.connection.execute("rollback")
            _ = try? old.connection.query(CellSQL.reopen, [.text(list)])
            throw error
        }
        return Report(rows: rows, closedFor: .nanoseconds(SystemClock.monotonicNanoseconds() - since))
    }

    /// Takes slots that the new cell has open out of the old one, which has them by mistake: their rows there are deleted.
    /// - Throws: ``Failure``.
    public func takeOut() throws(Failure) {
        defer { Self.unlock([old, new]) }
        try Self.lock([old, new])
        guard try open(in: new) == slots.count else { throw .mixed }
        _ = try finish()
    }

    /// Opens slots again whose move out of a cell was interrupted before their rows were in another one.
    /// - Parameter others: a connection with each other cell.
    /// - Throws: ``Failure``; ``Failure/mixed`` if another cell has one of them open.
    public static func giveUp(_ slots: [Int], in cell: End, others: [Connection]) throws(Failure) {
        defer { unlock([cell]) }
        try lock([cell])
        let list = CellState.list(slots)
        var arrived = 0
        do throws(PostgresError) {
            for other in others {
                arrived += try other.query(CellSQL.heldOf, [.text(list)]).only().int(0)
            }
            if arrived == 0 { _ = try cell.connection.query(CellSQL.reopen, [.text(list)]) }
        } catch {
            throw .database(cell.name, error)
        }
        if arrived > 0 { throw .mixed }
    }

    /// Nobody waits: two moves in opposite directions would wait for each other.
    private static func lock(_ cells: [End]) throws(Failure) {
        for cell in cells {
            do throws(PostgresError) {
                try cell.lock.execute("begin")
                _ = try cell.lock.query(CellSQL.guardCell)
                cell.connection.queryDeadline = nil
            } catch {
                throw error.state == .lockNotAvailable ? .busy(cell.name) : .database(cell.name, error)
            }
        }
    }

    private static func unlock(_ cells: [End]) {
        for cell in cells where cell.lock.isUsable { _ = try? cell.lock.execute("rollback") }
    }

    private func open(in cell: End) throws(Failure) -> Int {
        try at(cell) { (connection) throws(PostgresError) in
            try connection.query(CellSQL.heldOf, [.text(list)]).only().int(0)
        }
    }

    private func at<Value>(
        _ cell: End, _ work: (Connection) throws(PostgresError) -> Value
    ) throws(Failure) -> Value {
        do throws(PostgresError) { return try work(cell.connection) } catch { throw .database(cell.name, error) }
    }

    /// Jobs that run end; no other begins.
    private func drain(within patience: Duration) throws(Failure) {
        let end = ContinuousClock.now + patience
        while true {
            let running = try at(old) { (connection) throws(PostgresError) in
                try connection.query(CellSQL.drain, [.text(list)]).only().int(0)
            }
            if running == 0 { return }
            guard ContinuousClock.now < end else { throw .jobsRun(running) }
            SystemClock.sleep(milliseconds: Self.pause)
        }
    }

    private func close() throws(Failure) {
        let end = ContinuousClock.now + Self.patience
        while true {
            do throws(PostgresError) {
                try old.connection.execute("begin; set local lock_timeout = '100ms'")
                _ = try old.connection.query(CellSQL.close, [.text(list)])
                return try old.connection.execute("commit")
            } catch {
                _ = try? old.connection.execute("rollback")
                guard error.state == .lockNotAvailable else { throw .database(old.name, error) }
                guard ContinuousClock.now < end else { throw .notClosed }
            }
            SystemClock.sleep(milliseconds: Self.pause)
        }
    }

    /// The ids of the new cell continue above those of the old one.
    private func raiseSequences() throws(Failure) {
        let wanted = try at(old) { (connection) throws(PostgresError) in try DrawnIDs(of: connection) }
        try at(new) { (connection) throws(PostgresError) in try wanted.pass(on: connection) }
    }

    /// Another transaction that changed a row, or that waited for one, costs another try.
    private func transferInTheEnd() throws(Failure) -> Int {
        var attempts = 1
        while true {
            do throws(Failure) {
                return try transfer()
            } catch {
                guard case .database(_, let cause) = error, cause.state?.isTransient == true, attempts < Self.attempts
                else {
                    throw error
                }
            }
            attempts += 1
            _ = try? old.connection.execute("rollback")
            _ = try? new.connection.execute("rollback")
            SystemClock.sleep(milliseconds: Self.pause)
        }
    }

    /// The rows come with the open slots in one transaction. What changed a row of the old cell meanwhile makes its deletion fail,
    /// and with it the move.
    private func transfer() throws(Failure) -> Int {
        var rows = 0
        let tables = try begin("repeatable read")
        let since = try at(old) { (connection) throws(PostgresError) in
            try connection.query(CellSQL.firstMoment, [.text(list)]).only().optionalTimestamp(0)
        }
        let isNew = try at(new) { (connection) throws(PostgresError) in
            try connection.execute("begin")
            return try connection.query(CellSQL.isEmptyCell).only().bool(0)
        }
        let pauses = try at(old) { (connection) throws(PostgresError) in
            try connection.query(CellSQL.pauses, [.text(list), .boolean(isNew)]).only().text(0)
        }
        try at(new) { (connection) throws(PostgresError) in
            _ = try connection.query(CellSQL.takePauses, [.text(pauses)])
            _ = try connection.query(CellSQL.expect, [.text(list), .timestamp(since)])
        }
        for table in tables {
            let count = try at(old) { (connection) throws(PostgresError) in
                try connection.copy(table.copyOut, into: new.connection, table.copyIn)
            }
            rows += count
        }
        try at(new) { (connection) throws(PostgresError) in _ = try connection.query(CellSQL.receive, [.text(list)]) }
        guard try delete(tables) == slots.count else {
            throw .database(old.name, PostgresError(message: "it does not hold all of these slots"))
        }
        do throws(PostgresError) {
            try new.connection.execute("commit")
        } catch {
            throw .unfinished(error)
        }
        try end()
        return rows
    }

    private func begin(_ isolation: String) throws(Failure) -> [MovedTable] {
        try at(old) { (connection) throws(PostgresError) in
            try connection.execute("begin isolation level \(isolation)")
            try connection.execute(CellSQL.holdCounts)
            return try MovedTable.all(of: list, on: connection)
        }
    }

    /// - Returns: how many of the slots the old cell had.
    private func delete(_ tables: [MovedTable]) throws(Failure) -> Int {
        try at(old) { (connection) throws(PostgresError) in
            for table in tables.reversed() { try connection.execute(table.delete) }
            _ = try connection.query(CellSQL.leavePauses, [.text(list)])
            return try connection.query(CellSQL.forget, [.text(list)]).only().int(0)
        }
    }

    private func end() throws(Failure) {
        do throws(PostgresError) {
            _ = try router.query(CellSQL.map, [.text(list), .text(new.name)])
            try old.connection.execute("commit")
        } catch {
            throw .unfinished(error)
        }
    }

    /// The rows had come; the map and the old cell are still as before.
    private func finish() throws(Failure) -> Report {
        _ = try delete(begin("read committed"))
        try end()
        return Report(rows: 0, closedFor: .zero)
    }
}
