import Glibc
import Jobs

/// One line on a terminal with the progress of a run.
enum ProgressBar {
    private static let width = 30

    /// Whether standard output is a terminal.
    static var isSeen: Bool { isatty(1) == 1 }

    /// - Parameter left: how many jobs are due or under way.
    static func text(_ report: RunReport, left: Int) -> String {
        let ended = report.done + report.skipped + report.dead
        let all = ended + left
        let filled = all == 0 ? width : ended * width / all
        let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
        return "[\(bar)] \(ended)/\(all)  done \(report.done)  skipped \(report.skipped)  retried \(report.retried)"
            + "  dead \(report.dead)"
    }

    static func show(_ report: RunReport, left: Int) {
        print("\r\u{1B}[K" + text(report, left: left), terminator: "")
        fflush(nil)
    }

    /// Ends the line.
    static func end() {
        print("")
        fflush(nil)
    }
}
