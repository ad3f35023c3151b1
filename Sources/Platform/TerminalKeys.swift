internal import Glibc

/// Single keys of the terminal on standard input, without Enter (termios(3)). Not for two threads at once.
public final class TerminalKeys {
    private var saved = termios()

    /// Lets the terminal hand over each key at once, without showing it. Ctrl-C stays a signal.
    /// - Returns: nil where standard input or output is no terminal.
    public init?() {
        guard isatty(0) == 1, isatty(1) == 1, tcgetattr(0, &saved) == 0 else { return nil }
        takeKeys()
    }

    deinit { giveBack() }

    private func takeKeys() {
        var keys = saved
        keys.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(0, TCSANOW, &keys)
    }

    /// Leaves the terminal as it was.
    public func giveBack() { tcsetattr(0, TCSANOW, &saved) }

    /// Whether a key waits to be read; asking costs one poll(2).
    public var hasKey: Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, 0) == 1 && input.revents & Int16(POLLIN) != 0
    }

    /// The next key that waits, as its byte; nil when none does.
    public func next() -> UInt8? {
        var byte: UInt8 = 0
        guard hasKey, read(0, &byte, 1) == 1 else { return nil }
        return byte
    }

    /// Reads a line as terminals usually do: shown, and changed until Enter.
    /// - Returns: nil at the end of the input.
    public func line() -> String? {
        giveBack()
        defer { takeKeys() }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(0, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
            if bytes.count >= 1 << 16 { break }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
