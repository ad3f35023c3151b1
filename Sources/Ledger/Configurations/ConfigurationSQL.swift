/// The statements of revisions.
enum ConfigurationSQL {
    /// A program uses a configuration, or still does ($6 is null). Returns its revision.
    static let note = """
        select hookledger.note_configuration($1::text, $2::text, $3::int, $4::bytea, $5::bytea, $6::jsonb, $7::int)
        """

    /// A program has refused one.
    static let refuse = "select hookledger.refuse_configuration($1::text, $2::text, $3::int, $4::text)"

    /// A program has ended.
    static let leave = "select hookledger.leave_configuration($1::text, $2::text, $3::int)"

    /// The database's clock.
    static let clock = "select extract(epoch from clock_timestamp())::double precision as clock"

    /// What each program uses.
    static let inUse = """
        select host, program, pid, revision, is_newest, refusal,
            extract(epoch from greatest(loaded_at, refused_at))::double precision as handled_at
        from hookledger.configurations_in_use order by host, program, pid
        """
}
