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
}
