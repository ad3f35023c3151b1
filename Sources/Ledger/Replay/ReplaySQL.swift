/// The statements of replays.
enum ReplaySQL {
    /// The next events of a replay.
    static func page(where condition: String) -> String {
        """
        select \(LedgerSQL.eventColumns) from hookledger.events as e
        where (e.received_at, e.id) > ($1::timestamptz, $2::bigint) and \(condition)
        order by e.received_at, e.id limit \(Replay.batchSize)
        """
    }
}
