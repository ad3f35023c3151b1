import Jobs
import Platform

extension RunReport {
    /// Shows how far the run is.
    /// - Parameter left: how many jobs are due or under way.
    func show(on bar: inout ProgressBar, left: Int) {
        let ended = done + skipped + dead
        bar.show(ended, of: ended + left, note: progressNote)
    }

    /// How the jobs ended that ended.
    var progressNote: String { "done \(done)  skipped \(skipped)  retried \(retried)  dead \(dead)" }
}
