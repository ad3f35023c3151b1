import Platform

extension Blow {
    /// SIGSTOP to all of Postgres, in the middle of whatever it does.
    static let freezePostgres = Blow("SIGSTOP of Postgres", weight: 5) { stand, chance in
        let pids = stand.pair.primary.pids
        for pid in pids { ChildProcess.Signal.stop.send(to: pid) }
        SystemClock.sleep(milliseconds: .random(in: 500...3500, using: &chance))
        for pid in pids { ChildProcess.Signal.resume.send(to: pid) }
        return !pids.isEmpty
    }
}
