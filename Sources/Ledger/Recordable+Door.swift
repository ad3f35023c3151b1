public import Providers
import Rules
public import Settings
public import Verification
public import Webhooks

extension Recordable {
    /// The common path of every verified delivery, whatever brought it: mask credentials, normalize, plan jobs. Pure.
    /// - Parameters:
    ///   - verified: the delivery, as its contract verified it.
    ///   - source: the sender to which it belongs.
    ///   - provider: its contract.
    ///   - settings: for the rules.
    /// - Throws: the provider's refusal.
    public convenience init(
        _ verified: VerifiedDelivery, from source: SourceSettings, by provider: any Provider, settings: Settings,
        origin: Origin = .delivery
    ) throws(Refusal) {
        let normalized = try normalize(source.masked(verified), by: provider, window: source.dedupeWindow(of: provider))
        let trust = EventTrust(verification: verified.verdict.strength.rawValue, origin: origin.rawValue)
        let plan = RulePlan(
            normalized.event, source: source.name, origin: origin.rawValue, settings: settings, trust: trust)
        self.init(
            source: source.name, normalized: normalized, jobs: plan.jobs, origin: origin,
            terms: Terms(normalized.event, of: source, by: provider), revision: settings.revision)
    }
}

extension Recordable.Terms {
    /// A source's settings for an event.
    public init(_ event: Event, of source: SourceSettings, by provider: any Provider) {
        self.init()
        repeatsPerDay = source.repeatsPerDay
        trustsUnverified = source.contract(of: provider.name)?.verification == VerificationPolicy.none
        let shops = source.shops(of: provider)
        let key = shops.resolve(event.shopKey)
        shopKey = key
        shopRule = shops.verdict(on: key)
    }

    /// A changed event belongs to the shop of its original.
    init(replayOf original: StoredEvent, _ event: Event) {
        self.init()
        shopKey = original.shopKey ?? event.shopKey
    }
}
