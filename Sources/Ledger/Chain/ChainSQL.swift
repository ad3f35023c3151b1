/// The statements of the chain.
enum ChainSQL {
    static let lock = "select seq, mac from hookledger.lock_chain()"

    /// $1 limit.
    static let unsealed = """
        select kind, id, array_to_json(fixed)::text as fixed, array_to_json(texts)::text as texts, before
        from hookledger.unsealed_rows($1::int)
        """

    static let append = """
        select hookledger.append_links($1::bigint, $2::timestamptz, $3::text[], $4::bigint[], $5::bytea[], $6::text[],
            $7::text, $8::bytea[])
        """

    static let prune = "select links, deeds, audits from hookledger.prune_chain($1::bigint)"

    /// $1 a time: the newest link that was appended before; null for none.
    static let newestBefore = "select max(seq) from hookledger.chain_links where at < $1::timestamptz"

    static let link = "select mac from hookledger.chain_links where seq = $1::bigint"

    /// $1 after, $2 limit: links with the rows as they are now.
    static let page = """
        select l.seq, l.at, l.kind, l.ref, l.content, l.note, l.key_id, l.mac,
            array_to_json(c.fixed)::text as fixed, array_to_json(c.texts)::text as texts, c.link
        from (
            select * from hookledger.chain_links where seq > $1::bigint order by seq limit $2::int
        ) as l
        left join lateral hookledger.sealed_content(l.kind, l.ref) as c on true
        order by l.seq
        """

    static let head = "select seq, mac from hookledger.chain_head"

    /// The checkpoint at which pruning ended; $1 the last link that is gone.
    static let checkpoint = """
        select note from hookledger.chain_links where kind = 'checkpoint' and ref = $1::bigint order by seq limit 1
        """

    /// Rows that name a link that is not theirs.
    static let strays = """
        select o.kind, o.id from (
            select 'deed' as kind, id, link from hookledger.operator_log
            union all select 'audit', id, link from hookledger.audits
        ) as o
        left join hookledger.chain_links as l on l.seq = o.link and l.ref = o.id
            and (l.kind = o.kind or l.kind = 'redaction' and o.kind = 'deed')
        where o.link is not null and l.seq is null
        order by o.kind, o.id limit 1000
        """

    static let unsealedState = "select unsealed, unsealed_since from hookledger.chain_state"
}
