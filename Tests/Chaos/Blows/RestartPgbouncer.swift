import Platform

extension Blow {
    /// The programs reach Postgres through pgbouncer, which dies and comes back.
    static let restartPgbouncer = Blow("restart of pgbouncer", weight: 2, need: .pgbouncer) { stand, _ in
        stand.pgbouncer.kill()
        try stand.pgbouncer.start(before: stand.pair.primary)
        try stand.configure(host: stand.pgbouncer.sockets)
        _ = stand.signal("ingest", .terminate)
        let begin = instant()
        let isReached = eventually(withinSeconds: 15) { stand.sender.hasStored(after: begin + 300_000) }
        stand.pgbouncer.kill()
        SystemClock.sleep(milliseconds: 200)
        try stand.pgbouncer.start(before: stand.pair.primary)
        let restart = instant()
        let isBack = eventually(withinSeconds: 15) { stand.sender.hasStored(after: restart) }
        try stand.configure(host: nil)
        _ = stand.signal("ingest", .terminate)
        guard isReached, isBack else { throw ChaosFailure("nothing was stored through pgbouncer") }
        return true
    }
}
