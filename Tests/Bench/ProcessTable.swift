import Platform

/// The processes of the machine at one moment, from /proc (proc(5)).
struct ProcessTable {
    private struct Entry {
        let parent: Int32
        /// Processor time of its own, and of its children that have ended, in clock ticks.
        let own: Int
        let ended: Int
    }

    private let entries: [Int32: Entry]

    /// The clock tick in microseconds, as it is on every Linux that Debian ships.
    static let tick = 10_000.0

    init() {
        var entries: [Int32: Entry] = [:]
        for pid in ((try? Files.list("/proc")) ?? []).compactMap({ Int32($0) }) {
            let fields = Self.stat(pid).compactMap { Int($0) }
            // The state is no number: the first one is the parent.
            guard fields.count > 13 else { continue }
            entries[pid] = Entry(
                parent: Int32(fields[0]), own: fields[10] + fields[11], ended: fields[12] + fields[13])
        }
        self.entries = entries
    }

    /// A process and all below it.
    func family(of root: Int32) -> [Int32] {
        var family = [root]
        var next = 0
        while next < family.count {
            family += entries.filter { $0.value.parent == family[next] }.keys
            next += 1
        }
        return family
    }

    /// The processor time of a process in clock ticks; 0 if there is none.
    func own(_ pid: Int32) -> Int { entries[pid]?.own ?? 0 }

    /// The processor time of the children of a process that have ended, in clock ticks.
    func ended(_ pid: Int32) -> Int { entries[pid]?.ended ?? 0 }

    /// The processor time of a process, of all below it and of those below it that have ended, in clock ticks.
    func all(_ root: Int32) -> Int {
        family(of: root).reduce(0) { $0 + own($1) + ended($1) }
    }

    /// The processes right below one.
    func children(of parent: Int32) -> [Int32] { entries.filter { $0.value.parent == parent }.keys.sorted() }

    /// A size from /proc/PID/status, in MB.
    static func memory(_ pid: Int32, _ field: String) -> Double {
        let lines = ((try? Files.readText("/proc/\(pid)/status")) ?? "").split(separator: "\n")
        let line = lines.first { $0.hasPrefix(field + ":") } ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 } ?? 0
    }

    /// The name of a process, as the kernel has it.
    static func name(_ pid: Int32) -> String {
        ((try? Files.readText("/proc/\(pid)/comm")) ?? "").split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The fields of /proc/PID/stat behind the name, which may hold anything: state, parent, …
    private static func stat(_ pid: Int32) -> [Substring] {
        guard let text = try? Files.readText("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: name)...].split(separator: " ")
    }
}
