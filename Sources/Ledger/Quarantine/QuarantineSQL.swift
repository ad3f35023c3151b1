/// The statements of the quarantine.
enum QuarantineSQL {
    static let keep = """
        select array_to_json(hookledger.keep_refused($1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[],
            $6::int[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
            $14::text[], $15::text[], $16::jsonb[], $17::bytea[], $18::bytea[], $19::text[]))::text
        """

    static let notePeers = "select hookledger.note_peers($1::text[], $2::text[])"

    static let notedPeers = "select source, peer from hookledger.noted_peers()"

    private static let columns = """
        select q.id, q.source, q.provider, q.kind, q.received_at, q.request_id, q.remote_addr, q.method, q.scheme, q.host,
            q.path, q.query, q.headers::text as headers, q.body, q.credential, q.credential_key
        from hookledger.quarantine as q
        """

    /// $1 source, $2 since, $3 and $4 the last one of the page before, $5 limit.
    static let page = """
        \(columns)
        where q.source = $1::text and q.state = 'kept' and q.received_at >= $2::timestamptz
            and (q.received_at, q.id) > ($3::timestamptz, $4::bigint)
        order by q.received_at, q.id limit $5::int
        """

    static let ask = "select hookledger.ask_release($1::bigint, $2::text)"

    static let asked = """
        \(columns) where q.id in (select r.quarantine_id from hookledger.release_requests as r) order by q.id limit 100
        """

    static let end = "select hookledger.end_release($1::bigint)"

    /// $1 id.
    static let one = "\(columns) where q.id = $1::bigint"

    /// $1 source, $2 since.
    static let count = """
        select count(*) from hookledger.quarantine as q
        where q.source = $1::text and q.state = 'kept' and q.received_at >= $2::timestamptz
        """

    /// $1 source, $2 dedupe keys: the events whose bytes have arrived, with their keys.
    static let arrived = """
        select r.dedupe_key, r.event_id from hookledger.receipts as r
        where r.source = $1::text and r.dedupe_key = any ($2::bytea[])
        """

    static let isSaidSince = """
        select hookledger.is_said_since($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz)
        """

    static let decide = """
        select id, state from hookledger.decide_refused($1::bigint[], $2::text[], $3::bigint[], $4::text[])
        """

    /// $1 source; null for all. $2 limit.
    static let list = """
        select q.id, q.source, q.kind, q.reason, q.received_at, q.repeats, q.remote_addr, q.is_known, q.body_length, q.state,
            q.event_id, q.note
        from hookledger.quarantine_list as q
        where ($1::text is null or q.source = $1) order by q.received_at desc, q.id desc limit $2::int
        """
}
