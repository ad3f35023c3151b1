/// The statements of the demonstration.
enum DemonstrationSQL {
    /// What was stored of the order.
    static let order = """
        SELECT status, total_amount::text AS total_amount FROM hookledger.orders WHERE order_id = $1
        """

    /// How many orders there are.
    static let orders = "SELECT count(*) FROM hookledger.orders"

    /// What was done about the order, and how long after it was received.
    static let attempts = """
        SELECT a.action, a.outcome, a.reason,
               (extract(epoch FROM a.finished_at - o.created_row_at) * 1000)::bigint::text AS milliseconds
        FROM hookledger.job_attempts a
        JOIN (SELECT id, (SELECT min(received_at) FROM hookledger.events e WHERE e.order_row = o.id)
                     AS created_row_at
              FROM hookledger.orders o WHERE order_id = $1) o ON o.id = a.order_row
        WHERE a.outcome IN ('done', 'skipped', 'dead') ORDER BY a.finished_at
        """
}
