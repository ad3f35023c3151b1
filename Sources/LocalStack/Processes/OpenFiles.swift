internal import Platform

/// The limit of a process's open files.
enum OpenFiles {
    /// The hard limit of this process, which its children inherit (proc(5), /proc/self/limits), or `wanted` when that
    /// is less.
    static func most(upTo wanted: Int) -> Int {
        let lines = ((try? Files.readText("/proc/self/limits")) ?? "").lines()
        guard let line = lines.first(where: { $0.hasPrefix("Max open files") }),
            let hard = line.split(separator: " ").dropFirst(4).first.flatMap({ Int($0) })
        else { return wanted }
        return min(wanted, hard)
    }
}
