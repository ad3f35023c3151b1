import Ledger
import LogLines
import Logging
import Platform

/// Takes the signals of a run, on a thread of its own: SIGHUP reads the configuration again, SIGTERM and SIGINT end the run.
struct SignalListener: Sendable {
    let turns: Turns
    let reload: ConfigurationReload
    let logger: Logger

    /// Waits for signals until one ends the run. They must be blocked in every thread.
    func run() {
        while Signals.wait(for: [.terminate, .interrupt, .hangUp]) == .hangUp {
            guard let outcome = reload.run(turns.replace) else { return }
            logger.report(
                outcome.isUsed ? .configurationReloaded : .configurationRefused,
                outcome.fields.mapValues { "\($0)" })
        }
        turns.end()
    }
}
