import Crypto
import Providers
@_spi(StoredEvents) import Verification
import Webhooks

/// A stored delivery with other fields in its body, as an operator sends it again.
///
/// It is an event of its own that happens now: what its body says counts as if the sender said it now, also where
/// the stored order is newer than the original. Nobody signed it, and its verdict says so: unverified, by the scheme
/// `replay`, with the operator for a key. Its request id names the run and the original.
struct ChangedDelivery {
    /// The scheme that the verdict names.
    static let scheme = "replay"

    let normalized: NormalizedDelivery

    /// - Parameters:
    ///   - original: the event.
    ///   - changes: the new values.
    ///   - run: the replay's name; the same run makes the same event of it.
    ///   - actor: who replays.
    ///   - now: the present.
    /// - Throws: the reason, for a person.
    init(
        _ original: StoredEvent, _ changes: [FieldChange], run: String, by actor: String, now: Timestamp
    ) throws(ReplayFault) {
        guard let provider = ProviderRegistry.named(original.provider) else {
            throw ReplayFault("its provider \(original.provider) is unknown to this program")
        }
        var delivery = original.verified.delivery
        guard var body = RawJSON(delivery.body) else { throw ReplayFault("its body is not JSON") }
        if let change = body.make(changes) { throw ReplayFault("its body has no member \(change.name)") }
        delivery.body = body.text
        delivery.receivedAt = now
        delivery.remoteAddress = ""
        delivery.requestID = "replay:\(run):\(original.id)"
        let verified = VerifiedDelivery(
            stored: delivery, verdict: Verdict(strength: .unverified, scheme: Self.scheme, keyID: actor))
        do throws(Refusal) {
            normalized = try normalize(
                verified, by: ChangedContract(inner: provider, original: original), window: 0)
        } catch {
            throw ReplayFault("its provider refuses the changed body: \(error.reason)")
        }
    }
}

/// Why an event could not be replayed, for a person.
struct ReplayFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The contract of a changed delivery: read like its provider's, but as a new event of the present.
private struct ChangedContract: Provider {
    let inner: any Provider
    let original: StoredEvent

    var name: String { inner.name }
    var scheme: Scheme { inner.scheme }

    func recognizes(_ delivery: Delivery) -> Bool { false }

    func normalize(_ verified: VerifiedDelivery, window: Int64) throws(Refusal) -> Event {
        var event = try inner.normalize(verified, window: window)
        // A fetched body has no type.
        if original.origin == Recordable.Origin.fetched.rawValue { event.type = original.type }
        event.occurredAt = nil
        event.dedupeKey = .replay(verified.delivery)
        return event
    }
}

extension DedupeKey {
    /// The key of a changed delivery: by its request id, which names the run and the original.
    static func replay(_ delivery: Delivery) -> DedupeKey {
        DedupeKey(bytes: Digest.sha256.hash(Array("replay\u{0}\(delivery.requestID)".utf8)))
    }
}
