import Platform
import Settings

/// What operators have paused (`hookledger pause`): no job of it begins.
package struct Pauses: Sendable, Hashable {
    private var sources: Set<String> = []
    private var actions: Set<String> = []
    private var destinations: Set<String> = []

    /// Nothing is paused.
    package init() {}

    /// - Parameter names: of each kind (`source`, `action`, `destination`); a destination is a host, with or without a port.
    package init(_ names: [(kind: String, name: String)]) {
        for (kind, name) in names {
            switch kind {
            case "source": sources.insert(name)
            case "action": actions.insert(name)
            default: destinations.insert(name)
            }
        }
    }

    /// What a job waits for (`jobs.hold_reason`); nil where nothing of it is paused, or a person has released the job from
    /// that pause.
    /// - Parameters:
    ///   - source: of its event; nil where it is not known yet. An alert about an event is not the source's.
    ///   - destination: host and port of its first call; nil where it is not known yet.
    func hold(of job: Job, source: String? = nil, destination: String? = nil) -> String? {
        let isAlert = if case .alert = job.purpose { true } else { false }
        let found: [String?] = [
            actions.contains(job.action) ? Self.reason("action", job.action) : nil,
            source.flatMap { !isAlert && sources.contains($0) ? Self.reason("source", $0) : nil },
            destination.flatMap(paused).map { Self.reason("destination", $0) },
        ]
        return found.lazy.compactMap(\.self).first { $0 != job.releasedHold && !Mutation.isOn("pauses-are-ignored") }
    }

    /// The name under which a destination is paused.
    private func paused(_ destination: String) -> String? {
        if destinations.isEmpty { return nil }
        return DestinationName.names(of: destination).first(where: destinations.contains)
    }

    /// As the function pause_hold has it (sql/functions/11_pauses.sql).
    private static func reason(_ kind: String, _ name: String) -> String { "paused:\(kind):\(name)" }
}
