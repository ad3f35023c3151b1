public import Postgres
public import Webhooks

/// What a transaction of the ledger tells beside its receipts.
public struct StoreSigns: Sendable, Hashable {
    /// Postgres' clock at that moment.
    public let clock: Timestamp
    /// When the batch processor last reported, by the same clock; nil if it never has.
    public let batchSeenAt: Timestamp?
    /// Whether all jobs are held, because the database was restored.
    public let isHeld: Bool

    /// What Postgres said.
    public init(clock: Timestamp, batchSeenAt: Timestamp?, isHeld: Bool = false) {
        self.clock = clock
        self.batchSeenAt = batchSeenAt
        self.isHeld = isHeld
    }

    init(_ row: Row) throws(PostgresError) {
        clock = Timestamp(microseconds: try row.timestamp("clock"))
        // 1970 stands for a hold (sql/functions/04_record_2.sql).
        let sign = try row.optionalTimestamp("heartbeat")
        isHeld = sign == 0
        batchSeenAt = isHeld ? nil : sign.map { Timestamp(microseconds: $0) }
    }
}

extension LedgerWriter {
    /// Commits the delivery of the reserved source, which stands in for others while none arrive: one row that is replaced.
    /// It takes the way and the locks of every delivery.
    /// - Parameter now: this machine's clock.
    /// - Returns: what Postgres told.
    /// - Throws: ``PostgresError`` if deliveries cannot be stored. 55000 if there is no partition for them, and the
    ///   clocks are too far apart to make one; the clocks are kept nevertheless.
    public func commitCanary(now: Timestamp) throws(PostgresError) -> StoreSigns {
        let row: Row
        do throws(PostgresError) {
            row = try canary(now)
        } catch {
            // Without the cell that has gone away.
            guard error.isAbandoned else { throw error }
            row = try canary(now)
        }
        let signs = try StoreSigns(row)
        guard try row.text("outcomes") == "{0}" else {
            throw PostgresError(
                state: .notInPrerequisiteState,
                message: "no partition for deliveries received at \(now.rfc3339) (the receiver's clock); "
                    + "Postgres' clock says \(signs.clock.rfc3339)")
        }
        return signs
    }

    private func canary(_ now: Timestamp) throws(PostgresError) -> Row {
        let connection = try connection()
        return try connection.query(
            RecordStatement.canary, [.timestamp(now.microseconds)], abandonment: abandonment(connection)
        ).only()
    }
}

extension RecordStatement {
    /// $1: the responder's clock. All else of the parameters is of no delivery.
    static let canary: String = {
        let values = types.enumerated().map { place, type in
            switch place {
            case 0: "'{1}'::int[]"
            case 2: "array['hookledger:canary']"
            case 17: "array[$1::timestamptz]"
            default: type.hasSuffix("[]") ? "'{}'::\(type)" : "''::\(type)"
            }
        }
        return """
            select outcomes, heartbeat, clock_timestamp() as clock
            from hookledger.record_2(\(values.joined(separator: ", ")))
            """
    }()
}
