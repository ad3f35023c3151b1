/// The statements of the index of persons.
enum IndexSQL {
    /// The key that the index was made with.
    static let key = "select key_id from hookledger.person_index"

    /// One worker starts the index again.
    static let lockAll = "lock table hookledger.person_index in share row exclusive mode"

    /// Removes the entries of another key.
    static let clear = "truncate hookledger.person_keys; delete from hookledger.person_index"

    /// Begins the index: up to where rows are read by their ids, and from which snapshot on events are followed.
    static let begin = """
        insert into hookledger.person_index (key_id, orders_until, customers_until, comments_until, seen)
        select $1, coalesce((select max(id) from hookledger.orders), 0),
            coalesce((select max(id) from hookledger.customers), 0),
            coalesce((select max(id) from hookledger.comments), 0), pg_current_snapshot()
        """

    /// How far the index is; nothing while another worker fills it.
    static let lock = """
        select *, seen::text as seen_text, target::text as target_text, after_transaction::text as after_text
        from hookledger.person_index where key_id = $1 for update skip locked
        """

    /// Rows of a kind were read up to an id.
    static func rowsRead(_ kind: PersonDocument.Kind) -> String {
        """
        update hookledger.person_index set \(kind.name)s_after = $1::bigint, indexed = indexed + $2::bigint,
            updated_at = now()
        """
    }

    /// All earlier events were read.
    static let backlogDone = "update hookledger.person_index set is_backlog_done = true, updated_at = now()"

    /// Earlier events were read up to one.
    static let backlogRead = """
        update hookledger.person_index set events_after_at = $1::timestamptz, events_after_id = $2::bigint,
            indexed = indexed + $3::bigint, updated_at = now()
        """

    /// Begins a round of what was committed since the last one.
    static let beginRound = """
        update hookledger.person_index
        set target = $1::text::pg_snapshot, after_transaction = '0', after_id = 0
        """

    /// The round is at its end.
    static let endRound = "update hookledger.person_index set seen = target, target = null, updated_at = now()"

    /// Events of the round were read up to one.
    static let roundRead = """
        update hookledger.person_index set after_transaction = $1::text::xid8, after_id = $2::bigint,
            indexed = indexed + $3::bigint, updated_at = now()
        """
}
