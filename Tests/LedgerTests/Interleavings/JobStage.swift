import Postgres

@testable import Jobs

/// A worker that finishes after its lease has ended, the rescue of its job, and another worker that claims.
struct JobStage {
    /// What the late worker does with job 1.
    static let finishLate: Player.Work = { connection in try finish(1, token: 7, connection) }

    /// What a batch run does with leases that have ended.
    static func rescue() throws -> Player.Work {
        let sql = try Gates.rescue()
        return { connection in
            let ready = try connection.transaction { () throws(PostgresError) -> Int in
                try SharedJobs.makeRoomForLost(on: connection)
                let rows = try connection.query(sql, [.bigint(10), .text(Lease.lost)])
                _ = try connection.query("select hookledger.gate('rescued')")
                return rows.count
            }
            return "rescued \(ready)"
        }
    }

    /// What the other worker does: it claims, and finishes what it got.
    static func claim() throws -> Player.Work {
        let sql = try Gates.claim()
        return { connection in
            let rows = try connection.query(
                sql,
                [
                    .bigint(0), .bigint(10), .timestamp(.min), .bigint(0), .texts([]), .text(Lease.lost), .texts([]),
                    .integer(.max),
                ])
            var ends: [String] = []
            for row in rows {
                let job = try row.bigint("job_id")
                _ = try connection.query("select hookledger.gate('claimed')")
                ends.append("\(job) " + (try finish(job, token: row.bigint("lease_token"), connection)))
            }
            return "claimed \(ends)"
        }
    }

    private static func finish(_ job: Int64, token: Int64, _ connection: Connection) throws -> String {
        let moved = try connection.query(
            """
            select hookledger.finish_jobs(array[$1::bigint], array[$2::bigint], '{done}', '{null}', '{null}', '{null}', '{0}',
                '{null}', '{0}', '{null}', '{open}', '{null}', '{null}', '{null}', '{true}')
            """, [.bigint(job), .bigint(token)])
        return moved.count == 1 ? "finished" : "too late"
    }

    /// Job 1 was claimed by a worker whose lease has ended; job 2 of the same order waits behind it.
    static func prepare(_ superuser: Connection) throws {
        try superuser.execute(
            """
            begin;
            delete from jobs; delete from job_attempts;
            insert into jobs (job_id, action, kind, rule, event_id, event_received_at, order_row, state, attempt, lease_token,
                lease_until)
            overriding system value values (1, 'ops', 'test', 'r', 1, now(), 1, 1, 1, 7, now() - interval '1 s'),
                (2, 'ops', 'test', 'r', 2, now(), 1, 0, 0, null, null);
            commit
            """)
    }

    static func violations(_ outcomes: [String], _ superuser: Connection) throws -> [String] {
        func number(_ sql: String) throws -> Int { try superuser.query(sql).only().int(0) }
        var wrong: [String] = []
        func expect(_ holds: Bool, _ invariant: String) { if !holds { wrong.append(invariant) } }

        expect(!outcomes.contains { $0.hasPrefix("error") }, "nobody fails")
        let finishes = outcomes.filter { $0.contains("finished") }
        let ofFirst = (outcomes[0] == "finished" ? 1 : 0) + (outcomes[2].contains("1 finished") ? 1 : 0)
        expect(ofFirst <= 1, "a job ends once")
        expect(
            try number("select count(*) from job_attempts where outcome = 'done' and job_id = 1") == ofFirst,
            "an attempt for each end, and for nothing else")
        expect(
            try number("select count(*) from jobs where job_id = 1") == 1 - ofFirst, "a job is there until it has ended"
        )
        expect(
            try number("select count(*) - count(distinct (job_id, attempt)) from job_attempts") == 0,
            "one attempt per claim")
        expect(
            try number("select count(*) from job_attempts where outcome = 'lost'")
                == (outcomes[1] == "rescued 1" ? 1 : 0),
            "a lost attempt for each rescue")
        expect(!(outcomes[0] == "finished" && outcomes[1] == "rescued 1"), "what was finished is not rescued")
        if outcomes[2].contains("2 ") { expect(ofFirst == 1, "jobs of one order run one after another") }
        expect(
            try number("select count(*) from jobs where state = 1")
                == (ofFirst == 0 && outcomes[1] == "rescued 0" ? 1 : 0),
            "no claim is left over")
        expect(finishes.isEmpty == (ofFirst == 0 && !outcomes[2].contains("2 finished")), "every end is known")
        return wrong
    }
}
