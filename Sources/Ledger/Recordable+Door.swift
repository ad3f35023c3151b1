public import Providers
import Rules
public import Settings
public import Verification
public import Webhooks

extension Recordable {
    /// Takes a verified delivery the way that every delivery goes, whatever brought it: normalize, plan jobs. Pure.
    /// - Parameters:
    ///   - verified: the delivery, as its contract verified it.
    ///   - source: the sender to which it belongs.
    ///   - provider: the contract that it was held to.
    ///   - settings: for the rules.
    /// - Throws: a refusal, as the provider has it.
    public convenience init(
        _ verified: VerifiedDelivery, from source: SourceSettings, by provider: any Provider, settings: Settings,
        origin: Origin = .delivery
    ) throws(Refusal) {
        let normalized = try normalize(verified, by: provider, window: source.dedupeWindow(of: provider))
        let trust = EventTrust(verification: verified.verdict.strength.rawValue, origin: origin.rawValue)
        let plan = RulePlan(normalized.event, source: source.name, settings: settings, trust: trust)
        self.init(source: source.name, normalized: normalized, jobs: plan.jobs, origin: origin)
    }
}
