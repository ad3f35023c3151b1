/// The statements of this folder. $1 is a list of slots, as the text of an array.
enum CellSQL {
    /// How many of the slots a cell holds and has opened.
    static let heldOf = """
        select count(*) from hookledger.cell_slots where slot = any ($1::text::int[]) and state = 'open'
        """
    static func copyOut(_ table: String, _ contents: String, _ condition: String) -> String {
        "copy (select \(contents) from hookledger.\(table) where \(condition)) to stdout (format binary)"
    }
    static func copyIn(_ table: String, _ columns: String) -> String {
        "copy hookledger.\(table) (\(columns)) from stdin (format binary)"
    }
    static func delete(_ table: String, _ condition: String) -> String {
        "delete from hookledger.\(table) where \(condition)"
    }
    /// Nobody counts activity of the cell before the end of the transaction, so no count of a row that moves comes after its deletion.
    /// Before the snapshot of the transaction: what was counted until then is in it.
    static let holdCounts = """
        lock table hookledger.activity_progress in share row exclusive mode;
        select from hookledger.activity_progress for update
        """
    static let drain = "select hookledger.drain_slots($1::text::int[])"
    static let close = "select hookledger.close_slots($1::text::int[])"
    static let reopen = "select hookledger.reopen_slots($1::text::int[])"
    static let expect = "select hookledger.expect_slots($1::text::int[], $2::timestamptz)"
    static let receive = "select hookledger.receive_slots($1::text::int[])"
    static let forget = """
        with forgotten as (delete from hookledger.cell_slots where slot = any ($1::text::int[]) returning slot)
        select count(*) from forgotten
        """
    /// Held by each move for all of its time, in each of its two cells: one that was killed lets go with its session.
    static let guardCell = "select from hookledger.cell_identity for update nowait"
    static let raise = "select hookledger.raise_sequence($1::text, $2::bigint)"
    static let drawn = "select name, last from hookledger.drawn_ids()"
    static let tables = """
        select name, columns, contents, replace(condition, '{slots}', $1::text) as condition
        from hookledger.slot_tables() order by place
        """
    /// The receipt of the oldest event of the slots.
    static let firstMoment = """
        select least(
            (select min(received_at) from hookledger.events where id & 1023 = any ($1::text::int[])),
            (select min(finished_at) from hookledger.job_attempts where event_id & 1023 = any ($1::text::int[])))
        """
    static let isEmptyCell = "select not exists (select from hookledger.cell_slots)"
    static let pauses = "select hookledger.pauses_of($1::text::int[], $2::boolean)::text"
    static let takePauses = "select hookledger.take_pauses($1::text::jsonb)"
    static let leavePauses = "select hookledger.leave_pauses($1::text::int[])"
    static let map = "select hookledger.map_slots($1::text::int[], $2::text)"
    static let becomeCell = "select hookledger.become_cell($1::text)"
    /// The first slots of all cells.
    static let openAll = """
        insert into hookledger.cell_slots (slot) select generate_series(0, 1023) on conflict do nothing
        """
    static let addCell = "select hookledger.add_cell($1::text, $2::text)"
    /// Whether a database has the schema of a router, and of a ledger.
    static let kind = "select to_regclass('hookledger.cells') is not null, to_regclass('hookledger.events') is not null"
    /// The cells of a router, with their slots.
    static let cells = """
        select c.name, c.added_at, c.away_since, coalesce(array_agg(s.slot order by s.slot) filter (where s.slot is not null), '{}')::text as slots
        from hookledger.cells as c left join hookledger.slots as s on s.cell = c.name group by c.name order by c.name
        """
    static let isCell = "select exists (select from hookledger.cell_identity)"
    /// What a cell says of itself.
    static let ownSlots = """
        select (select name from hookledger.cell_identity) as name,
            (select max(version) from hookledger.schema_migrations) as version,
            coalesce((select array_agg(slot order by slot) from hookledger.cell_slots), '{}')::text as slots,
            coalesce((
                select array_agg((extract(epoch from changed_at) * 1000000)::bigint order by slot) from hookledger.cell_slots
            ), '{}')::text as since,
            coalesce((select array_agg(slot order by slot) from hookledger.cell_slots where state <> 'open'), '{}')::text as held
        """
    /// When a cell last received an event of the slots.
    static let lastReceipt = "select max(received_at) from hookledger.events where id & 1023 = any ($1::text::int[])"
    /// The cells that a router's lists leave out.
    static let missing = "select cell from hookledger.missing_cells order by cell"
    /// $1: for how many milliseconds a batch has waited; null if none waits. Whether a cell has gone away since it was sent.
    static let lostCell = "select hookledger.lost_cell($1::bigint)"
    static let strays = "select slot, name, rows from hookledger.stray_rows()"
}
