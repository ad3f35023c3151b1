/// The statements about restored databases.
enum RestoreSQL {
    /// $1: the generation in the host's file; null without a file.
    static let advance = "select hookledger.advance_generation($1::bigint)"

    /// The restore that nobody has released.
    static let open = """
        select reason, noticed_at, known_until from hookledger.restores where released_at is null
        """

    /// $1 reason, $2 the host's generation, $3 until when the restored data is complete.
    static let hold = "select hookledger.hold_restored($1::text, $2::bigint, $3::timestamptz)"

    /// $1: jobs of events received before it are too old.
    static let jobs = "select * from hookledger.restored_jobs($1::timestamptz)"

    /// $1 since, $2 bury, $3 the host's generation, $4 actor, $5 reason.
    static let release = """
        select * from hookledger.release_restored($1::timestamptz, $2::boolean, $3::bigint, $4::text, $5::text)
        """
}
