import Ledger
import LogLines
import Logging
import Settings
import Webhooks

/// Releases the refused deliveries that a person has asked for over the API.
struct ReleaseTurn: SideTurn {
    let isForEveryRun = false
    let failure = LoggedEvent.refusalNotTried

    func run(_ side: SideLoop) throws {
        let (settings, connection) = (side.settings, try side.connection())
        for one in try Quarantine.askedReleases(on: connection) {
            if let source = settings.source(named: one.source) {
                let done = try Release(
                    Release.Request(source: source, since: nil, acceptsLate: false), settings: settings,
                    key: KeyFile.existing(settings.keys.credentials), connection: connection, role: .batch
                ).run(only: one)
                side.logger.report(
                    .refusalTried,
                    [
                        "request_id": "\(one.delivery.requestID)", "source": "\(one.source)",
                        "released": "\(done.released + done.arrived > 0)",
                    ])
            }
            try Quarantine.endRelease(one.id, on: connection)
        }
    }
}
