/// The statements of exports and imports.
enum TransferSQL {
    /// $1 source, null for all; $2 since, $3 until; $4 and $5 the last one of the page before; $6 limit.
    static let page = """
        select \(LedgerSQL.eventColumns) from hookledger.events
        where ($1::text is null or source = $1) and received_at >= $2::timestamptz and received_at < $3::timestamptz
            and (received_at, id) > ($4::timestamptz, $5::bigint)
        order by received_at, id limit $6::int
        """

    /// $1 source, $2 since, $3 until.
    static let count = """
        select count(*) from hookledger.events
        where ($1::text is null or source = $1) and received_at >= $2::timestamptz and received_at < $3::timestamptz
        """

    /// Whether an event of this request is here. $1 source, $2 its time of receipt, $3 its request id.
    static let isHere = """
        select exists (
            select from hookledger.events
            where received_at = $2::timestamptz and source = $1::text and request_id = $3::text)
        """
}
