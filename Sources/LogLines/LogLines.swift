public import Logging
import Platform
import Webhooks

/// The log of all three programs: JSON lines on stderr, where systemd, spawn-fcgi's supervisor or cron collects them.
public enum LogLines {
    /// Makes every `Logger` of this process write JSON lines on stderr, each with one write(2).
    ///
    /// Once in a process, before the first logger is made: swift-log ends the process at a second call.
    /// - Parameter level: messages below it are left out.
    public static func bootstrap(level: Logger.Level) {
        LoggingSystem.bootstrap { _ in
            JSONLineHandler(
                level: level, now: { Timestamp(microseconds: SystemClock.wallMicroseconds()) },
                write: StandardError.write)
        }
    }
}
