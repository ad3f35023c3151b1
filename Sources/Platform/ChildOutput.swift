internal import CPlatform
internal import Glibc

/// The result of a finished command.
public struct ChildOutput: Sendable {
    /// How it ended; after a timeout, by the SIGKILL that this process sent.
    public let status: ExitStatus
    /// Standard output, up to the limit.
    public let output: [UInt8]
    /// Standard error, up to the limit.
    public let errors: [UInt8]
    /// Whether the timeout ended it.
    public let timedOut: Bool
    /// Whether more was written than is kept here.
    public let truncated: Bool

    /// Whether it exited with 0 in time.
    public var succeeded: Bool { status == .exited(0) && !timedOut }
    /// Standard output as text, trailing line feeds removed; what is not UTF-8 is replaced.
    public var text: String { Self.text(output) }
    /// Standard error as text, like ``text``.
    public var errorText: String { Self.text(errors) }

    private static func text(_ bytes: [UInt8]) -> String {
        var text = String(decoding: bytes, as: UTF8.self)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

extension ChildProcess {
    /// Runs a command to its end and keeps what it writes.
    ///
    /// - Parameters:
    ///   - command: its output and error streams are replaced.
    ///   - timeout: after it the whole process group is killed.
    ///   - limit: bytes kept of each stream; the rest is read and dropped, so that the child does not block.
    /// - Throws: ``ChildProcessError`` when it cannot be started; an exit code other than 0 is no error.
    public static func run(
        _ command: ChildCommand, timeout: Duration = .seconds(60), limit: Int = 1 << 20
    ) throws(ChildProcessError) -> ChildOutput {
        var output = try CapturePipe(command)
        defer { output.close() }
        var errors = try CapturePipe(command)
        defer { errors.close() }
        var captured = command
        captured.output = .descriptor(output.writing)
        captured.errors = .descriptor(errors.writing)
        let child = try spawn(captured)
        output.closeWriting()
        errors.closeWriting()

        let end = ContinuousClock.now + timeout
        var timedOut = CapturePipe.readAll(&output, &errors, until: end, limit) { child.isRunning }
        let left = max(.zero, ContinuousClock.now.duration(to: end))
        let status: ExitStatus
        if let ended = child.wait(timeout: timedOut ? .zero : left) {
            status = ended
        } else {
            timedOut = true
            // The group first: once the child has been seen to end, no more signals are sent.
            if command.ownGroup { child.signal(.kill, group: true) }
            status = child.terminate(with: .kill, grace: .zero)
        }
        return ChildOutput(
            status: status, output: output.bytes, errors: errors.bytes, timedOut: timedOut,
            truncated: output.truncated || errors.truncated)
    }
}

/// A pipe whose reading end collects bytes.
struct CapturePipe {
    private(set) var bytes: [UInt8] = []
    private(set) var truncated = false
    private(set) var isOpen = true
    private(set) var writing: Int32
    private var reading: Int32

    init(_ command: ChildCommand) throws(ChildProcessError) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else {
            throw ChildProcessError(program: command.arguments.first ?? "", operation: "pipe", code: errno)
        }
        reading = ends[0]
        writing = ends[1]
    }

    var pollEntry: pollfd { pollfd(fd: isOpen ? reading : -1, events: Int16(POLLIN), revents: 0) }

    mutating func read(_ limit: Int) {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(reading, &chunk, chunk.count)
        if count > 0 {
            let kept = min(count, limit - bytes.count)
            bytes += chunk.prefix(max(0, kept))
            truncated = truncated || kept < count
        } else if count == 0 || errno != EINTR {
            isOpen = false
        }
    }

    /// Reads both streams of a child until they are closed, the child has ended or the time is over.
    ///
    /// - Returns: whether the child still runs when the time is over.
    static func readAll(
        _ output: inout CapturePipe, _ errors: inout CapturePipe, until end: ContinuousClock.Instant, _ limit: Int,
        isRunning: () -> Bool
    ) -> Bool {
        while output.isOpen || errors.isOpen {
            let left = ContinuousClock.now.duration(to: end)
            if left <= .zero { return isRunning() }
            // Asked before the pipes are: what a child wrote before its end is in them by then.
            let ended = !isRunning()
            var entries = [output.pollEntry, errors.pollEntry]
            let milliseconds = min(Int64(left / .milliseconds(1)) + 1, 50)
            if poll(&entries, 2, ended ? 0 : Int32(milliseconds)) > 0 {
                if entries[0].revents != 0 { output.read(limit) }
                if entries[1].revents != 0 { errors.read(limit) }
            } else if ended {
                // A grandchild may keep the pipes open; the command's own output has been read.
                return false
            }
        }
        return false
    }

    mutating func closeWriting() {
        if writing >= 0 { Glibc.close(writing) }
        writing = -1
    }

    mutating func close() {
        closeWriting()
        Glibc.close(reading)
        isOpen = false
    }
}
