import ArgumentParser
import Platform
import Settings
import Webhooks

/// A time on the command line: `2026-01-31T08:00:00Z`, `2026-01-31`, or `2h` for two hours ago.
struct Moment: ExpressibleByArgument {
    let timestamp: Timestamp
    /// Of `2h`: how many seconds.
    private var ago: Int64?

    /// The same moment, as if it had been typed then.
    func timestamp(_ now: Timestamp?) -> Timestamp {
        guard let ago, let now else { return timestamp }
        return now.advanced(bySeconds: -ago)
    }

    init?(argument: String) {
        if let moment = Timestamp(rfc3339: argument) ?? Timestamp(rfc3339: argument + "T00:00:00Z") {
            timestamp = moment
        } else if argument.last?.isLetter == true, let ago = DurationText.read(argument) {
            self.ago = ago.wholeSeconds
            timestamp = SystemClock.now
                .advanced(bySeconds: -ago.wholeSeconds)
        } else {
            return nil
        }
    }

    static let forms = "2026-01-31T08:00:00Z, 2026-01-31, or 2h for two hours ago"
}
