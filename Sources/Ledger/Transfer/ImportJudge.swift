import Providers
import Settings
@_spi(StoredEvents) import Verification
import Webhooks

/// Verifies and normalizes deliveries of an export, as of when they were first received.
struct ImportJudge {
    private let settings: Settings
    private let now: Timestamp

    /// - Parameter now: under this time they are stored.
    init(settings: Settings, now: Timestamp) {
        (self.settings, self.now) = (settings, now)
    }

    /// What is recorded.
    struct Judged {
        let recordable: Recordable
        /// The keys under which its event may be here already.
        let keys: [DedupeKey]
    }

    /// - Parameter exported: what our own export says of it.
    /// - Throws: a refusal of what cannot be an event.
    func judge(_ delivery: Delivery, of source: SourceSettings, _ exported: ExportedEvent?) throws(Refusal) -> Judged {
        if delivery.body.count > source.bodyLimit {
            throw Refusal(.invalidPayload, "its body is longer than body_limit, \(source.bodyLimit) bytes")
        }
        if let exported, !Self.isOfSender(exported) { return try ours(delivery, source, exported) }
        guard let contract = exported.map({ source.contract(of: $0.provider) }) ?? source.contract(for: delivery) else {
            throw Refusal(.noProviderMatched, "source \(source.name) has no provider \(exported?.provider ?? "")")
        }
        if source.handshake(delivery) != nil { throw Refusal(.invalidPayload, "it is a ping, which makes no event") }
        let verified = verify(delivery, by: contract)
        if contract.provider.challenge(verified) != nil {
            throw Refusal(.invalidPayload, "it is a challenge, which makes no event")
        }
        return try judged(verified, settings.owner(of: contract, at: source), contract.provider, exported)
    }

    /// Verified by the secrets of now; what does not verify is unverified, and says so.
    private func verify(_ delivery: Delivery, by contract: SourceSettings.Contract) -> VerifiedDelivery {
        (try? contract.ofRelease(acceptsLate: false).verify(delivery))
            ?? VerifiedDelivery(stored: delivery, verdict: .unverified)
    }

    /// An event that no sender sent: nobody signed it.
    private func ours(
        _ delivery: Delivery, _ source: SourceSettings, _ exported: ExportedEvent
    ) throws(Refusal) -> Judged {
        guard let provider = ProviderRegistry.named(exported.provider) else {
            throw Refusal(.noProviderMatched, "this program has no provider \(exported.provider)")
        }
        return try judged(
            VerifiedDelivery(stored: delivery, verdict: .unverified), source,
            OwnContract(inner: provider, exported: exported), exported)
    }

    private func judged(
        _ verified: VerifiedDelivery, _ source: SourceSettings, _ provider: any Provider, _ exported: ExportedEvent?
    ) throws(Refusal) -> Judged {
        let recordable = try Recordable(
            imported: verified.received(at: now), from: source, by: provider,
            firstReceivedAt: verified.delivery.receivedAt)
        var keys = [recordable.event.dedupeKey]
        if let exported {
            // A secret that is gone must not make a second event of it.
            let stored = VerifiedDelivery(stored: verified.delivery, verdict: exported.verdict)
            if let event = try? normalize(stored, by: provider, window: 0).event { keys.append(event.dedupeKey) }
        }
        return Judged(recordable: recordable, keys: keys)
    }

    private static func isOfSender(_ exported: ExportedEvent) -> Bool {
        guard let origin = Recordable.Origin(rawValue: exported.origin) else { return false }
        return origin.isOfSender || origin == .imported
    }
}

/// The contract of an event that no sender sent: read like its provider's, and identified as it was.
private struct OwnContract: Provider {
    let inner: any Provider
    let exported: ExportedEvent

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        event.type = exported.type
        switch Recordable.Origin(rawValue: exported.origin) {
        case .replay:
            event.occurredAt = nil
            event.dedupeKey = .replay(verified.delivery)
        case .reconciled:
            event.occurredAt = exported.occurredAt
            event.dedupeKey = .reconciled(event) ?? event.dedupeKey
        default: break
        }
        return event
    }
}

extension Recordable {
    /// An imported delivery. It makes no jobs.
    /// - Parameters:
    ///   - verified: received at the import.
    ///   - firstReceivedAt: when the sender's delivery was received.
    /// - Throws: the provider's refusal.
    fileprivate convenience init(
        imported verified: VerifiedDelivery, from source: SourceSettings, by provider: any Provider,
        firstReceivedAt: Timestamp
    ) throws(Refusal) {
        let normalized = try normalize(source.masked(verified), by: provider, window: source.dedupeWindow(of: provider))
        self.init(
            source: source.name, normalized: normalized, jobs: [], origin: .imported,
            terms: Terms(normalized.event, of: source, by: provider), firstReceivedAt: firstReceivedAt)
    }
}
