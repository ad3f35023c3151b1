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
        before = Self.ticks(roots.filter { $0.key != .client })
        latest = before
    }

    /// Looks again; the processes that end between two looks lose what they spent since the last one.
    mutating func look() {
        for (part, ticks) in Self.ticks(roots) { latest[part, default: [:]].merge(ticks) { $1 } }
        guard let server = roots[.server] else { return }
        var (all, own) = (0.0, 0.0)
        for pid in Self.family(of: server, in: Self.parents()) {
            all += Self.memory(pid, "VmRSS")
            own += Self.memory(pid, "RssAnon")
        }
        resident = max(resident, all)
        anonymous = max(anonymous, own)
    }

    /// Processor time so far, in microseconds. The clock tick is 10 ms, as it is on every Linux that Debian ships.
    var spent: [Part: Double] {
        latest.reduce(into: [:]) { spent, part in
            let ticks = part.value.reduce(0) { $0 + $1.value - (before[part.key]?[$1.key] ?? 0) }
            spent[part.key] = Double(ticks) * 10_000
        }
    }

    private static func ticks(_ roots: [Part: Int32]) -> [Part: [Int32: Int]] {
        let parents = parents()
        return roots.mapValues { root in
            family(of: root, in: parents).reduce(into: [:]) { ticks, pid in
                let fields = stat(pid)
                if fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) {
                    ticks[pid] = user + system
                }
            }
        }
    }

    /// The parent of every process.
    private static func parents() -> [Int32: Int32] {
        ((try? Files.list("/proc")) ?? []).compactMap { Int32($0) }.reduce(into: [:]) { parents, pid in
            parents[pid] = stat(pid).dropFirst().first.flatMap { Int32($0) }
        }
    }

    private static func family(of root: Int32, in parents: [Int32: Int32]) -> [Int32] {
        var family = [root]
        var next = 0
        while next < family.count {
            family += parents.filter { $0.value == family[next] }.keys
            next += 1
        }
        return family
    }

    /// The fields of /proc/PID/stat behind the name, which may hold anything: state, parent, …
    private static func stat(_ pid: Int32) -> [Substring] {
        guard let text = try? Files.readText("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: name)...].split(separator: " ")
    }

    private static func memory(_ pid: Int32, _ field: String) -> Double {
        let lines = ((try? Files.readText("/proc/\(pid)/status")) ?? "").split(separator: "\n")
        let line = lines.first { $0.hasPrefix(field + ":") } ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? 0
    }
}
