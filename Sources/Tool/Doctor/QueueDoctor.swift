import Postgres

/// The state of the work in the database: service levels, dead letters, breakers, the batch processor.
struct QueueDoctor {
    /// The names of the configuration's rules.
    let rules: [String]

    func findings(_ connection: Connection) throws(PostgresError) -> [Finding] {
        try Self.levels(connection) + [
            Self.batch(connection), Self.deadLetters(connection), Self.held(connection), orphans(connection),
        ]
            + Self.breakers(connection)
    }

    /// Jobs whose rule was taken out, renamed, or has no name and another condition now.
    private func orphans(_ connection: Connection) throws(PostgresError) -> Finding {
        // The table holds only what is not over; a note is of a job that no rule made.
        let row = try connection.query(
            """
            select coalesce(sum(n), 0)::bigint as jobs,
                coalesce(string_agg(rule, ', ' order by rule) filter (where place <= 3), '') as rules
            from (
                select rule, count(*) as n, row_number() over (order by rule) as place
                from jobs where note is null and rule <> all ($1::text[]) group by rule) as lost
            """, [.texts(rules)]
        ).only()
        let count = try row.int("jobs")
        if count == 0 { return Finding("rules", .ok, "the configuration has the rules of all jobs") }
        return Finding(
            "rules", .warning,
            "rules that are no longer in the configuration still have \(Plural.text(count, "job")): "
                + (try row.text("rules")),
            advice: "they will be skipped: give the rule its old name, or replay their events; "
                + "give rules that you edit a name:")
    }

    private static func levels(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(
            "select metric, target, coalesce(value::text, 'nothing happened') as value, met from service_levels")
        {
            let text = "\(try row.text("value")) (to reach: \(try row.text("target")))"
            let isMet = try row.optionalBool("met") ?? true
            findings.append(
                Finding(
                    try row.text("metric"), isMet ? .ok : .warning, text,
                    advice: isMet ? nil : "select * from action_statistics; select * from slow_destinations"))
        }
        return findings
    }

    private static func batch(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(
            """
            select coalesce(extract(epoch from now() - min(run_at))::bigint, 0) as waiting,
                (select extract(epoch from now() - max(begun_at))::bigint from upkeep) as seen
            from jobs where state = 0 and run_at < now()
            """
        ).only()
        let advice = "does cron start it? journalctl -t hookledger-batch; hookledger-batch --once runs it by hand"
        let waiting = try row.bigint("waiting")
        if waiting > 300 {
            return Finding(
                "batch processor", .failed, "a job has been due for \(waiting / 60) minutes", advice: advice)
        }
        guard let seen = try row.optionalBigint("seen") else {
            return Finding("batch processor", .warning, "it has never run", advice: advice)
        }
        if seen > 3 * 3600 {
            return Finding(
                "batch processor", .warning, "its upkeep last ran \(seen / 3600) hours ago", advice: advice)
        }
        return Finding("batch processor", .ok, "no job waits for it")
    }

    private static func deadLetters(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(
            "select count(*) as dead, count(*) filter (where alerted_at is null) as untold from jobs where state = 2"
        ).only()
        let (count, untold) = (try row.int("dead"), try row.int("untold"))
        if count == 0 { return Finding("dead letters", .ok, "none") }
        return Finding(
            "dead letters", .warning,
            "\(count) jobs failed for good" + (untold > 0 ? ", \(untold) of them not yet alerted" : ""),
            advice: "hookledger dead list; then dead retry or dead discard"
                + (untold > 0 ? "; alerts need a working action with alerts: true that is not among them" : ""))
    }

    private static func held(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(
            """
            select count(*) as jobs, coalesce(string_agg(distinct hold_reason, ', '), '') as reasons
            from jobs where state = 3
            """
        ).only()
        let count = try row.int("jobs")
        if count == 0 { return Finding("held jobs", .ok, "none") }
        return Finding(
            "held jobs", .warning, "\(Plural.text(count, "job")) wait for a decision: \(try row.text("reasons"))",
            advice: "select * from held_jobs; hookledger jobs release, or hookledger shops accept")
    }

    private static func breakers(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(
            "select destination, reason from destinations where open_until > now() order by destination")
        {
            findings.append(
                Finding(
                    "destination \(try row.text("destination"))", .warning,
                    "paused for now: \(try row.text("reason"))",
                    advice: "jobs wait and run once it answers again"))
        }
        return findings
    }
}
