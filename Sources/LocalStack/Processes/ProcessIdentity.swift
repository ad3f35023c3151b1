internal import Platform

/// One process, distinguished from a later one with the same number by the kernel's start time (proc(5),
/// /proc/PID/stat, field 22).
public struct ProcessIdentity: Sendable, Hashable {
    /// The process id.
    public let pid: Int32
    /// Clock ticks between the machine's start and the process's.
    let startTicks: UInt64

    /// The live process with this id; nil when there is none. A zombie does not count.
    public init?(of pid: Int32) {
        guard let ticks = Self.startTicks(of: pid) else { return nil }
        self.pid = pid
        startTicks = ticks
    }

    /// `PID START`, as ``text`` writes it.
    init?(text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let pid = Int32(parts[0]), pid > 1, let ticks = UInt64(parts[1]) else { return nil }
        self.pid = pid
        startTicks = ticks
    }

    var text: String { "\(pid) \(startTicks)" }

    /// Whether this very process still runs.
    public var isAlive: Bool { Self.startTicks(of: pid) == startTicks }

    /// Sends a signal to this process and no other.
    ///
    /// - Returns: false when it has ended.
    @discardableResult
    func send(_ signal: ChildProcess.Signal) -> Bool { isAlive && signal.send(to: pid) }

    /// Asks the process to end, and kills it if it still runs after `grace`.
    ///
    /// - Returns: false when it outlived even that, which only a process stuck in the kernel does.
    @discardableResult
    func end(grace: Duration = .seconds(5)) -> Bool {
        send(.terminate)
        if waitForEnd(grace) { return true }
        send(.kill)
        return waitForEnd(.seconds(5))
    }

    /// Waits until the process has ended.
    ///
    /// - Returns: false when it still runs after `timeout`.
    func waitForEnd(_ timeout: Duration) -> Bool {
        let end = ContinuousClock.now + timeout
        while isAlive {
            if ContinuousClock.now >= end { return false }
            SystemClock.sleep(milliseconds: 10)
        }
        return true
    }

    private static func startTicks(of pid: Int32) -> UInt64? {
        // The second field, the program's name in parentheses, may contain anything, even parentheses and spaces.
        guard let stat = try? Files.readText("/proc/\(pid)/stat"), let name = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return UInt64(fields[19])
    }
}
