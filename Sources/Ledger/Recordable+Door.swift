public import Providers
import Rules
public import Settings
import Verification
public import Webhooks

extension Recordable {
    /// Takes a delivery the way that every delivery goes, whatever brought it: verify, normalize, plan jobs. Pure:
    /// "now" is the moment when it was received.
    /// - Parameters:
    ///   - source: the sender whose path it came to.
    ///   - provider: the contract that it is held to.
    ///   - settings: for the rules.
    /// - Throws: a refusal, as Verification or the provider has it.
    public convenience init(
        _ delivery: Delivery, from source: SourceSettings, by provider: any Provider, settings: Settings,
        origin: Origin = .delivery
    ) throws(Refusal) {
        let verified = try provider.scheme.verify(
            delivery, keyring: source.keyring, policy: source.verification, tolerance: source.tolerance,
            now: delivery.receivedAt)
        let normalized = try normalize(verified, by: provider)
        let plan = RulePlan(normalized.event, source: source.name, settings: settings)
        self.init(source: source.name, normalized: normalized, jobs: plan.jobs, origin: origin)
    }
}
