internal import Platform

/// The processes started by a stack, recorded so that they can be ended if their supervisor is gone.
struct ProcessList {
    private let path: String
    private var entries: [String: ProcessIdentity] = [:]

    init(_ folder: StackFolder) { path = folder.processes }

    /// The processes recorded by an earlier stack in the same folder and not removed.
    static func leftover(in folder: StackFolder) -> ProcessList {
        var list = ProcessList(folder)
        for line in ((try? Files.readText(list.path)) ?? "").lines() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let process = ProcessIdentity(text: String(parts[1])) else { continue }
            list.entries[String(parts[0])] = process
        }
        return list
    }

    /// Those that still run.
    var alive: [ProcessIdentity] { entries.values.filter(\.isAlive) }

    mutating func set(_ name: String, _ pid: Int32?) throws(FileError) {
        entries[name] = pid.flatMap { ProcessIdentity(of: $0) }
        let lines = entries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)\n" }
        try Files.write(path, text: lines.joined(), mode: 0o600, durable: false)
    }

    /// Ends all that still run, and forgets them.
    func endAll() throws(FileError) {
        for process in alive { process.send(.terminate) }
        for process in alive { process.end() }
        try Files.remove(path)
    }
}
