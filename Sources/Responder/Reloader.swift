import Ledger
import LogLines
import Logging
import Platform
import Settings

/// Reads the configuration again at each SIGHUP, on its own thread.
struct Reloader: Sendable {
    let reload: ConfigurationReload
    let logger: Logger
    /// Handles the requests that begin from now on by these settings.
    let use: @Sendable (Settings) -> Void

    /// Waits for signals until the program ends. SIGHUP must be blocked in every thread.
    func run() {
        while true {
            _ = Signals.wait(for: [.hangUp])
            guard let outcome = reload.run(use) else { return }
            logger.report(
                outcome.isUsed ? .configurationReloaded : .configurationRefused,
                outcome.fields.mapValues { "\($0)" })
        }
    }
}
