import Ledger
import Postgres

/// The state of the work in the database: service levels, dead letters, breakers, the batch processor.
struct QueueDoctor {
    /// The names of the configuration's rules.
    let rules: [String]

    func findings(_ connection: Connection) throws(PostgresError) -> [Finding] {
        try Self.levels(connection) + [
            Self.batch(connection), Self.deadLetters(connection), Self.held(connection), orphans(connection),
            Self.heldUpkeep(connection), Self.revisions(connection),
        ]
            + Self.breakers(connection) + Self.webhooks(connection)
    }

    /// Whether all programs use the newest configuration. A run of the batch processor is over within minutes.
    private static func revisions(_ connection: Connection) throws(PostgresError) -> Finding {
        let programs = try ConfigurationInUse.all(on: connection).filter { $0.program != "batch" }
        let refused = programs.filter { $0.refusal != nil }.map { "\($0.program) on \($0.host) refused a newer one" }
        let older = programs.filter { !$0.isNewest }.map {
            "\($0.program) on \($0.host) uses revision \($0.revision ?? 0)"
        }
        let advice = "hookledger reload on that host; psql: select * from configurations_in_use"
        if let first = (refused + older).first {
            let others = refused.count + older.count - 1
            let end = others > 0 ? ", and \(others) more" : ""
            return Finding("configuration in use", .warning, first + end, advice: advice)
        }
        return Finding("configuration in use", .ok, "\(Plural.text(programs.count, "program")) use the newest revision")
    }

    /// What the watch over the registered webhooks found last.
    private static func webhooks(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(DoctorSQL.webhooks) {
            let (source, off) = (try row.text("source"), try row.text("off"))
            let advice = "hookledger webhooks diff \(source); psql: select * from webhook_watch"
            if let error = try row.optionalText("last_error") {
                findings.append(
                    Finding("webhooks of \(source)", .warning, "not known: \(error)", advice: advice))
            } else if off.isEmpty {
                findings.append(
                    Finding(
                        "webhooks of \(source)", .ok,
                        "\(Plural.text(try row.int("topics"), "topic")) on at the provider"))
            } else {
                findings.append(Finding("webhooks of \(source)", .warning, "not on: \(off)", advice: advice))
            }
        }
        return findings
    }

    /// Jobs whose rule was taken out, renamed, or has no name and another condition now.
    private func orphans(_ connection: Connection) throws(PostgresError) -> Finding {
        // The table holds only what is not over; a note is of a job that no rule made.
        let row = try connection.query(DoctorSQL.orphans, [.texts(rules)]).only()
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
        for row in try connection.query(DoctorSQL.levels) {
            let text = "\(try row.text("value")) (to reach: \(try row.text("target")))"
            let isMet = try row.optionalBool("met") ?? true
            findings.append(
                Finding(
                    try row.text("metric"), isMet ? .ok : .warning, text,
                    advice: isMet ? nil : "psql: select * from action_statistics; select * from slow_destinations"))
        }
        return findings
    }

    private static func batch(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(DoctorSQL.batch).only()
        let advice = "does cron start it? journalctl -t hookledger-batch; hookledger-batch --once runs it by hand"
        let waiting = try row.bigint("waiting")
        if waiting > 300 {
            return Finding(
                "batch processor", .failed, "a job has been due for \(waiting / 60) minutes", advice: advice)
        }
        guard let seen = try row.optionalBigint("seen") else {
            return Finding("batch processor", .warning, "it has never run", advice: advice)
        }
        // cron starts it every minute, and it reports every few seconds.
        if seen > 180 {
            return Finding(
                "batch processor", .failed, "it has not reported for \(seen / 60) minutes", advice: advice)
        }
        return Finding("batch processor", .ok, "it reported \(seen) s ago, and no job waits for it")
    }

    private static func deadLetters(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(DoctorSQL.deadLetters).only()
        let (count, untold) = (try row.int("dead"), try row.int("untold"))
        if count == 0 { return Finding("dead letters", .ok, "none") }
        return Finding(
            "dead letters", .warning,
            "\(count) jobs failed for good" + (untold > 0 ? ", \(untold) of them not yet alerted" : ""),
            advice: "hookledger dead list; then dead retry or dead discard"
                + (untold > 0 ? "; alerts need a working action with alerts: true that is not among them" : ""))
    }

    private static func held(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(DoctorSQL.held).only()
        let count = try row.int("jobs")
        if count == 0 { return Finding("held jobs", .ok, "none") }
        return Finding(
            "held jobs", .warning, "\(Plural.text(count, "job")) wait for a decision: \(try row.text("reasons"))",
            advice: "psql: select * from held_jobs; hookledger jobs release, or hookledger shops accept")
    }

    /// Deletions that wait for a person.
    private static func heldUpkeep(_ connection: Connection) throws(PostgresError) -> Finding {
        guard let row = try connection.query(DoctorSQL.heldUpkeep).first else {
            return Finding("retention", .ok, "it waits for nobody")
        }
        return Finding(
            "retention", .failed, "nothing is deleted: \(try row.text("held"))",
            advice: "compare the clocks; hookledger retention --dry-run shows what would go, --run confirms it")
    }

    private static func breakers(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(DoctorSQL.breakers) {
            findings.append(
                Finding(
                    "destination \(try row.text("destination"))", .warning,
                    "paused for now: \(try row.text("reason"))",
                    advice: "jobs wait and run once it answers again"))
        }
        return findings
    }
}
