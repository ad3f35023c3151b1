import Platform

/// What groups of processes use, from /proc (proc(5)). Processor time is not disturbed by what else runs on the machine,
/// unlike rates.
struct Meter {
    /// Who spends.
    enum Part: String, CaseIterable { case client, nginx, server, postgres }

    private let roots: [Part: Int32]
    private let before: [Part: [Int32: Int]]
    private var latest: [Part: [Int32: Int]]
    /// The most memory of the server in MB.
    private(set) var resident = 0.0
    private(set) var anonymous = 0.0

    /// Begins to measure those processes and their children.
    init(_ roots: [Part: Int32]) {
        self.roots = roots
        // The client had nothing before it was started.
        before = Self.ticks(roots.filter { $0.key != .client }, ProcessTable())
        latest = before
    }

    /// Looks again; the processes that end between two looks lose what they spent since the last one.
    mutating func look() {
        let table = ProcessTable()
        for (part, ticks) in Self.ticks(roots, table) { latest[part, default: [:]].merge(ticks) { $1 } }
        guard let server = roots[.server] else { return }
        var (all, own) = (0.0, 0.0)
        for pid in table.family(of: server) {
            all += ProcessTable.memory(pid, "VmRSS")
            own += ProcessTable.memory(pid, "RssAnon")
        }
        resident = max(resident, all)
        anonymous = max(anonymous, own)
    }

    /// Processor time so far, in microseconds.
    var spent: [Part: Double] {
        latest.reduce(into: [:]) { spent, part in
            let ticks = part.value.reduce(0) { $0 + $1.value - (before[part.key]?[$1.key] ?? 0) }
            spent[part.key] = Double(ticks) * ProcessTable.tick
        }
    }

    private static func ticks(_ roots: [Part: Int32], _ table: ProcessTable) -> [Part: [Int32: Int]] {
        roots.mapValues { root in
            Dictionary(uniqueKeysWithValues: table.family(of: root).map { ($0, table.own($0)) })
        }
    }
}
