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
        self.init(
            source: source.name, normalized: normalized,
            jobs: RulePlan.jobs(normalized.event, source: source.name, settings: settings), origin: origin,
            terms: Terms(normalized.event, of: source, by: provider))
    }
}

extension Recordable.Terms {
    /// What a source says about that event of it.
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

extension RulePlan {
    /// The jobs of an event about any number of records, each with the record that it is about.
    static func jobs(_ event: Event, source: String, settings: Settings) -> [PlannedJob] {
        var jobs = RulePlan(event, source: source, settings: settings).jobs
        for (place, record) in event.furtherRecords.prefix(Recordable.furtherRecordsLimit).enumerated() {
            var about = event
            about.record = record
            about.furtherRecords = []
            jobs += RulePlan(about, source: source, settings: settings).jobs.map { job in
                var job = job
                job.record = place + 1
                return job
            }
        }
        return jobs
    }
}
