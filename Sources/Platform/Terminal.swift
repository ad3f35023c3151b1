internal import Glibc

/// The terminal on standard output.
public enum Terminal {
    /// How many columns it has (ioctl(2) TIOCGWINSZ); 80 where it does not say so, and nil where standard output is no
    /// terminal.
    public static var columns: Int? {
        guard isatty(1) == 1 else { return nil }
        var size = winsize()
        return ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Reads a line from standard input that the terminal does not show (termios(3)): a secret.
    ///
    /// - Parameter prompt: written to standard error after the terminal has stopped showing what is typed.
    /// - Returns: nil at the end of the input, and where standard input is no terminal.
    public static func hiddenLine(_ prompt: String) -> String? {
        var shown = termios()
        guard isatty(0) == 1, tcgetattr(0, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(0, TCSAFLUSH, &hidden)
        defer { tcsetattr(0, TCSADRAIN, &shown) }
        StandardError.write(prompt)
        return readLine()
    }
}
