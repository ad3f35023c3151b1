import Postgres

/// What the database says of the work: service levels, dead letters, breakers, the batch processor.
enum QueueDoctor {
    static func findings(_ connection: Connection) throws(PostgresError) -> [Finding] {
        try levels(connection) + [batch(connection), deadLetters(connection)] + breakers(connection)
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
            "\(count) jobs were given up" + (untold > 0 ? ", \(untold) of them told to nobody yet" : ""),
            advice: "hookledger dead list; then dead retry or dead discard"
                + (untold > 0 ? "; people are told by actions with alerts: true that work and are not among them" : ""))
    }

    private static func breakers(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(
            "select destination, reason from destinations where open_until > now() order by destination")
        {
            findings.append(
                Finding(
                    "destination \(try row.text("destination"))", .warning,
                    "nothing is sent there for now: \(try row.text("reason"))",
                    advice: "jobs wait and go out by themselves when it answers again"))
        }
        return findings
    }
}
