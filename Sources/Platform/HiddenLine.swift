internal import Glibc

/// A line of standard input that is a secret: a terminal does not show it (termios(3)). Not for two threads at once.
public enum HiddenLine {
    /// The longest one, in bytes.
    public static let longest = 1 << 14

    /// Whether a person types it.
    private static var isTyped: Bool { isatty(0) == 1 }

    /// The signals that end a program, and would leave a terminal that shows nothing.
    private static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    /// The one that came meanwhile; 0 for none.
    nonisolated(unsafe) private static var ending: Int32 = 0

    /// Reads it, without its end. A signal that ends the program ends it after the terminal is as it was.
    /// - Parameter prompt: said on a terminal, once that shows nothing more, so that nothing typed after it is lost or shown.
    /// - Returns: nil if there is none, or if it is too long.
    public static func read(_ prompt: String) -> [UInt8]? {
        var saved = termios()
        guard isTyped, tcgetattr(0, &saved) == 0 else { return line() }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { HiddenLine.ending = $0 }
        let before = endings.map { number in
            var old = sigaction()
            sigaction(number, &action, &old)
            return old
        }
        var quiet = saved
        quiet.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &quiet)
        StandardError.write(prompt)
        let read = line()
        tcsetattr(0, TCSAFLUSH, &saved)
        for (number, old) in zip(endings, before) {
            var old = old
            sigaction(number, &old, nil)
        }
        if ending != 0 { raise(ending) }
        return read
    }

    private static func line() -> [UInt8]? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while ending == 0, Glibc.read(0, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
            if bytes.count > longest { return nil }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes.isEmpty ? nil : bytes
    }
}
