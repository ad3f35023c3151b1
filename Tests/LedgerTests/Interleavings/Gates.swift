import LocalStack
import Platform
import Postgres

@testable import Jobs
@testable import Ledger

/// Pause points in the SQL of one database. A session that is a player waits at each of its points until the conductor
/// opens it; all other sessions go through.
enum Gates {
    /// A pause point of a function: its name, and where it is.
    struct Point: Sendable {
        let name: String
        let splice: Splice

        /// Before these lines of a function.
        init(_ name: String, in file: String, before anchor: String) {
            self.name = name
            splice = Splice(file, replacing: anchor, with: "perform hookledger.gate('\(name)');\n    \(anchor)")
        }

        init(_ name: String, in file: String, after anchor: String) {
            self.name = name
            splice = Splice(file, replacing: anchor, with: "\(anchor)\n    perform hookledger.gate('\(name)');")
        }

        /// Any other change.
        init(_ name: String, _ splice: Splice) {
            self.name = name
            self.splice = splice
        }
    }

    /// A player has two locks, which take turns: the conductor opens one while it holds the other, so a player never runs
    /// through two points at once.
    private static let function = """
        create sequence hookledger.gate_0; create sequence hookledger.gate_1; create sequence hookledger.gate_2;
        create function hookledger.gate(p_point text) returns boolean
        language plpgsql volatile security definer set search_path = hookledger, pg_temp set lock_timeout = 0 as $$
        declare
            v_player int := nullif(current_setting('gates.player', true), '')::int;
            v_turn int;
        begin
            if v_player is null or not p_point = any (string_to_array(current_setting('gates.points'), ',')) then
                return true;
            end if;
            v_turn := nextval('gate_' || v_player) % 2;
            perform pg_advisory_lock(v_player, v_turn), pg_advisory_unlock(v_player, v_turn);
            return true;
        end
        $$;
        """

    /// Puts the points, and other changes, into a database. An anchor that does not fit throws `Splice.Mismatch`.
    static func install(_ points: [Point], over superuser: Connection) throws {
        let files = try SchemaFiles(folder: Executable.share(of: #filePath) + "/sql").derived
        let changed = try Splice.apply(points.map(\.splice), to: files)
        try superuser.execute(function)
        for (file, before) in zip(changed, files) where file.sql != before.sql {
            try superuser.execute(
                "begin; set local role hookledger_owner; set local search_path = hookledger;\n\(file.sql)\ncommit")
        }
    }

    /// The points of `record_2()`.
    static let record = [
        Point(
            "weeks", in: "functions/04_record_2.sql", before: "order_rows := array_fill(null::bigint, array[n]);"),
        Point(
            "receipts", in: "functions/04_record_2.sql",
            after: "on conflict (source, dedupe_key) do nothing;\n    get diagnostics v_count = row_count;"),
        Point(
            "orders", in: "functions/04_record_2.sql", before: "insert into events (id, received_at, source, provider,"),
        Point("events", in: "functions/04_record_2.sql", before: "if v_busy is not null then\n        -- As if"),
    ]

    /// The point of a deletion, which waits for its lock without limit: a deadlock shows itself.
    static let drop = [
        Point(
            "no limit",
            Splice(
                "functions/08_retention.sql", replacing: "set lock_timeout = '100ms' as $$\ndeclare\n    v_name",
                with: "set lock_timeout = '0' as $$\ndeclare\n    v_name")),
        Point("drop", in: "functions/08_retention.sql", before: "execute format('drop table %I', v_name);"),
    ]

    /// The points of `finish_jobs()`.
    static let finish = [
        Point(
            "finishing", in: "functions/02_finish_jobs.sql", before: "return query\n    with ended as materialized ("),
        Point("finished", in: "functions/02_finish_jobs.sql", after: "select m.job_id from moved as m;"),
    ]

    /// The points of `replay_events()`.
    static let replay = [
        Point(
            "replay begun", in: "functions/10_replay.sql", before: "perform from orders as o\n        where o.id = any"),
        Point(
            "orders locked", in: "functions/10_replay.sql",
            after: "perform log_replay(p_run, p_actor, p_subject, p_reason, p_details);\n    end if;"),
        Point(
            "jobs made", in: "functions/10_replay.sql",
            after: "from events as e left join judged as n on n.ord = e.ord\n        order by e.ord, n.place;"),
    ]

    /// `ClaimSQL.claim`, with a point once the rows are locked.
    static func claim() throws -> String {
        try Splice(
            "claim", replacing: "from chosen, lease where j.ctid = chosen.place",
            with: "from chosen, lease where j.ctid = chosen.place and hookledger.gate('chosen')"
        ).applied(to: ClaimSQL.claim)
    }

    /// `ClaimSQL.rescue`, with a point once the rows are locked; a job is due again at once.
    static func rescue() throws -> String {
        let pausing = try Splice(
            "rescue", replacing: "from lost where j.ctid = lost.place",
            with: "from lost where j.ctid = lost.place and hookledger.gate('lost')"
        ).applied(to: ClaimSQL.rescue)
        return try Splice("rescue", replacing: "0.2 * random()", with: "0").applied(to: pausing)
    }
}
