import Glibc

/// A bar on standard output when that is a terminal; nothing into a file or a pipe.
public struct ProgressBar: Sendable {
    private let isTerminal = Self.isSeen
    private let label: String
    private var shown = ""

    private static let width = 30

    /// Whether standard output is a terminal.
    public static var isSeen: Bool { isatty(1) == 1 }

    /// - Parameter label: what is counted, such as `orders`.
    public init(_ label: String) { self.label = label }

    /// Shows the progress, if it looks different from before.
    /// - Parameter note: what follows the numbers.
    public mutating func show(_ done: Int, of total: Int, note: String = "") {
        guard isTerminal else { return }
        let text = text(done, of: total, note: note)
        if text == shown { return }
        // Over the whole of a longer text.
        write("\r" + text + String(repeating: " ", count: max(0, shown.count - text.count)))
        shown = text
    }

    /// The bar with its numbers.
    public func text(_ done: Int, of total: Int, note: String = "") -> String {
        let filled = total > 0 ? min(Self.width, done * Self.width / total) : Self.width
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        return "\(label) [\(bar)] \(done) of \(total)" + (note.isEmpty ? "" : "  \(note)")
    }

    /// Takes the bar away.
    public mutating func clear() {
        guard isTerminal, !shown.isEmpty else { return }
        write("\r" + String(repeating: " ", count: shown.count) + "\r")
        shown = ""
    }

    /// Leaves the bar as it is, and ends its line.
    public mutating func end() {
        guard isTerminal, !shown.isEmpty else { return }
        write("\n")
        shown = ""
    }

    private func write(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }
}
