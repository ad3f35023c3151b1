internal import Glibc

/// A line of standard input that is a secret: a terminal does not show it (termios(3)).
public enum HiddenLine {
    /// The longest one, in bytes.
    public static let longest = 1 << 14

    /// Whether a person types it.
    public static var isTyped: Bool { isatty(0) == 1 }

    /// Reads it, without its end.
    /// - Returns: nil if there is none, or if it is too long.
    public static func read() -> [UInt8]? {
        var saved = termios()
        let isHidden = isTyped && tcgetattr(0, &saved) == 0
        if isHidden {
            var quiet = saved
            quiet.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(0, TCSAFLUSH, &quiet)
        }
        defer { if isHidden { tcsetattr(0, TCSAFLUSH, &saved) } }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(0, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
            if bytes.count > longest { return nil }
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes.isEmpty ? nil : bytes
    }
}
