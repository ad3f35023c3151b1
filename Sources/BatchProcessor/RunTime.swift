import ArgumentParser
import Settings

/// A time on the command line, as in the configuration: `65s`, `10min`, `1h`, `500ms`, or a plain number of seconds; a week
/// at most.
struct RunTime: ExpressibleByArgument, CustomStringConvertible {
    let duration: Duration

    static let standard = RunTime(.seconds(65))

    private init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let duration = DurationText.read(argument), duration > .zero, duration <= .seconds(604_800) else {
            return nil
        }
        self.duration = duration
    }

    var description: String { DurationText.write(duration) }
}
