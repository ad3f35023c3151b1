public import Platform

/// A process of the responder or the batch processor, wherever it was started.
public struct ProgramProcess: Sendable, Hashable {
    private let identity: ProcessIdentity

    /// The programs that read their configuration again, by the beginning of their names that the kernel keeps (15 bytes).
    private static let names: Set = ["hookledger-resp", "hookledger-batc"]

    /// The process of that id; nil if there is none, or it is another program: a file of process ids may be old.
    public init?(_ pid: Int32) {
        guard let identity = ProcessIdentity(of: pid), let name = try? Files.readText("/proc/\(pid)/comm"),
            Self.names.contains(String(name.prefix { !$0.isNewline }))
        else { return nil }
        self.identity = identity
    }

    /// Its id.
    public var pid: Int32 { identity.pid }
    /// Whether it still runs.
    public var isAlive: Bool { identity.isAlive }

    /// Whether SIGHUP makes it read its configuration again, because it waits for that signal (proc(5), SigBlk). A program
    /// that has just been started does not yet, and one of an earlier version never does: the signal would end it.
    private var takesHangUp: Bool {
        let lines = ((try? Files.readText("/proc/\(pid)/status")) ?? "").lines()
        guard let line = lines.first(where: { $0.hasPrefix("SigBlk:") }) else { return false }
        let mask = UInt64(line.dropFirst("SigBlk:".count).filter { !$0.isWhitespace }, radix: 16) ?? 0
        return mask & 1 << UInt64(ChildProcess.Signal.hangUp.rawValue - 1) != 0
    }

    /// Lets it read its configuration again. A program that has just been started is waited for, for a second.
    /// - Returns: false if it has ended, cannot do that, or if this user may not signal it.
    public func reload() -> Bool {
        for _ in 0..<100 where isAlive && !takesHangUp { SystemClock.sleep(milliseconds: 10) }
        return takesHangUp && identity.send(.hangUp)
    }

    /// The ids in a file of process ids, as `spawn-fcgi -P` writes it: separated by white space.
    /// - Throws: `FileError` when it cannot be read.
    public static func ids(inFile path: String) throws(FileError) -> [Int32] {
        try Files.readText(path, limit: 1 << 16).split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    }

    /// The processes of the stack in a folder.
    public static func ofStack(in folder: StackFolder) -> [ProgramProcess] {
        ProcessList.leftover(in: folder).alive.compactMap { ProgramProcess($0.pid) }
    }
}
