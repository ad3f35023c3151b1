import Glibc

/// A bar on standard output when that is a terminal; nothing into a file or a pipe.
struct ProgressBar {
    private let isTerminal = isatty(1) == 1
    private let label: String
    private var shown = ""

    private static let width = 30

    init(_ label: String) { self.label = label }

    /// Shows the progress, if it looks different from before.
    mutating func show(_ done: Int, of total: Int) {
        guard isTerminal else { return }
        let filled = total > 0 ? min(Self.width, done * Self.width / total) : Self.width
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        let text = "\(label) [\(bar)] \(done) of \(total)"
        if text == shown { return }
        shown = text
        Self.write("\r" + text)
    }

    /// Takes the bar away.
    mutating func clear() {
        guard isTerminal, !shown.isEmpty else { return }
        Self.write("\r" + String(repeating: " ", count: shown.count) + "\r")
        shown = ""
    }

    private static func write(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }
}
