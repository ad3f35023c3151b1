import Platform

/// Processes of the system, by /proc (proc(5)).
enum Processes {
    /// The children of a process.
    static func children(of pid: Int32) -> [Int32] {
        let text = (try? Files.readText("/proc/\(pid)/task/\(pid)/children")) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }
}
