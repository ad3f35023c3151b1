import Jobs
import Ledger
public import Outbound
import Platform
public import Settings
import Webhooks

extension Reconciler.World {
    /// The world of a program: the clock of this host, and its spool.
    /// - Parameters:
    ///   - send: sends a request and waits for its end.
    ///   - pause: waits; milliseconds.
    ///   - shouldStop: asked between pages.
    public static func system(
        _ source: SourceSettings, settings: Settings, send: @escaping (HTTPRequest) -> Reply,
        pause: @escaping (Int64) -> Void, shouldStop: @escaping () -> Bool = { false }
    ) -> Reconciler.World {
        Reconciler.World(
            now: { SystemClock.now }, send: send, pause: pause, shouldStop: shouldStop, holder: RunHolder.name(),
            aside: {
                ReconcileAside.orderIDs(
                    of: source.name, folder: settings.spool,
                    key: try? KeyFile.existing(settings.keys.credentials))
            })
    }
}
