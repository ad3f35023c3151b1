import Jobs
import Ledger
public import Outbound
import Platform
public import Settings
import Webhooks

extension Reconciler.World {
    /// The world of a program: the clock of this host, requests over HTTP, and this host's spool.
    /// - Parameters:
    ///   - client: confined to the thread of the run.
    ///   - pause: waits; milliseconds.
    ///   - shouldStop: asked between pages.
    public static func system(
        _ source: SourceSettings, settings: Settings, client: HTTPClient, pause: @escaping (Int64) -> Void,
        shouldStop: @escaping () -> Bool = { false }
    ) -> Reconciler.World {
        Reconciler.World(
            now: { SystemClock.now },
            send: { request in
                do throws(OutboundFailure) { return .success(try client.perform(request)) } catch {
                    return .failure(error)
                }
            }, pause: pause, shouldStop: shouldStop, holder: RunHolder.name(),
            aside: {
                ReconcileAside.orderIDs(
                    of: source.name, folder: settings.spool,
                    key: try? KeyFile.existing(settings.keys.credentials))
            })
    }
}
