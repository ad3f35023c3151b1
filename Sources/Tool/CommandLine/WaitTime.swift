import ArgumentParser
import Settings

/// A time on the command line, such as `60s` or `10min`; a day at most.
struct WaitTime: ExpressibleByArgument, CustomStringConvertible {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let duration = DurationText.read(argument), duration >= .zero, duration <= .seconds(86_400) else {
            return nil
        }
        self.init(duration)
    }

    var description: String { DurationText.write(duration) }
}
