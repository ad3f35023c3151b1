/// What has to be written to the database, and what the run has done so far. While Postgres is away all stays here, leased
/// or not: what is written later is fenced.
struct Books {
    private var endings: [Ending] = []
    private var handBack: [(job: Job, delay: Int64)] = []
    private var holds: [(job: Job, reason: String)] = []
    private var report = RunReport()

    /// Whether all is written.
    var isClosed: Bool { endings.isEmpty && handBack.isEmpty && holds.isEmpty }
    var unwritten: Int { endings.count }
    var jobs: [Job] { endings.map(\.job) + handBack.map(\.job) + holds.map(\.job) }
    /// What was done.
    var total: RunReport { report }

    var commands: [RunCommand] {
        (endings.isEmpty ? [] : [.write(endings)]) + (handBack.isEmpty ? [] : [.handBack(handBack)])
            + (holds.isEmpty ? [] : [.hold(holds)])
    }

    mutating func add(_ ending: Ending) { endings.append(ending) }

    /// - Parameter delay: after this many milliseconds it is due again; its attempt has not happened.
    mutating func handBack(_ job: Job, after delay: Int64) { handBack.append((job, delay)) }

    mutating func hold(_ job: Job, _ reason: String) { holds.append((job, reason)) }

    mutating func count(claimed: Int = 0, rescued: Int = 0, buried: Int = 0) {
        report.claimed += claimed
        report.rescued += rescued
        report.dead += buried
    }

    /// Another claim has the job: whatever comes of it here is not written.
    mutating func lost(_ job: Job) -> [RunCommand] {
        report.leasesLost += 1
        return [.log(.leaseLost(job))]
    }

    mutating func wrote(_ written: [Ending], moved: Set<Int64>) -> [RunCommand] {
        endings.removeFirst(written.count)
        return written.flatMap { moved.contains($0.job.id) ? settle($0) : lost($0.job) }
    }

    /// It is written.
    mutating func settle(_ ending: Ending) -> [RunCommand] {
        report.count(ending)
        return [.log(.ended(ending)), .count(ending)]
    }

    mutating func handedBack(_ moved: Int, of count: Int) {
        handBack.removeFirst(count)
        report.released += moved
    }

    mutating func held(_ moved: Set<Int64>, of count: Int) -> [RunCommand] {
        defer { holds.removeFirst(count) }
        report.held += moved.count
        return holds.prefix(count).filter { moved.contains($0.job.id) }.map { .log(.held($0.job, reason: $0.reason)) }
    }
}
