import JSON
import Jobs
import Postgres
import Rules

/// Whether an event changed the status of its order: by what it changed in the row, and, where the status before is not known
/// from there, by the sender's own word for it (`previousStatus` in the EverShop guide, `before` in EverShop itself).
enum StatusChange {
    /// Whether there is a change to tell of. An event that only brings details fetched later says so for the events before
    /// it: with them there may have been nobody to tell.
    static func isThere(in subject: JobSubject, on connection: Connection) throws(PostgresError) -> Bool {
        let isFetched = subject.event.type == "order.fetched"
        let status = subject.order?.fields["status"]?.string
        let rows = try connection.query(
            (isFetched ? MessageCustomerSQL.ofOrder : MessageCustomerSQL.ofEvent) + " and " + isChange + " limit 1",
            isFetched
                ? [.text(status), .bigint(subject.job.orderRow)]
                : [.text(status), .timestamp(subject.job.eventReceivedAt), .bigint(subject.job.eventID)])
        return !rows.isEmpty
    }

    // $1 is the status as it is now. Of an event that made the row `changes` has values, of others pairs of old and new.
    private static let isChange = """
        (e.type = 'order.cancelled' or $1::text <> case e.disposition
            when 'created' then coalesce(e.changes ->> 'extra.previousStatus', e.changes ->> 'extra.before')
            else coalesce(e.changes -> 'status' ->> 0, e.changes -> 'extra.previousStatus' ->> 1,
                e.changes -> 'extra.before' ->> 1) end)
        """
}
