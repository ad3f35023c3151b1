import FastCGI
import Ledger
import Platform
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// The way of a webhook: source by path → handshake → verify → normalize → plan → commit queue. Everything here is
/// pure but the clock; whatever is refused on the way is refused here.
struct HookPipeline: Sendable {
    private let settings: Settings
    private let queue: CommitQueue
    private let answers: Answers

    init(settings: Settings, queue: CommitQueue, answers: Answers) {
        self.settings = settings
        self.queue = queue
        self.answers = answers
    }

    /// The source whose hook path this is; nil when it is none's.
    func source(forPath path: String) -> SourceSettings? {
        settings.source(forPath: path)
    }

    /// Takes one delivery up to the commit queue, or answers it.
    func handle(_ delivery: Delivery, from source: SourceSettings, startedAt: Int64, _ exchange: Exchange) {
        let provider = source.provider(for: delivery)
        if let answer = provider.handshake(delivery, keyring: source.keyring) {
            return exchange.answer(Response(answer))
        }
        do throws(Refusal) {
            guard delivery.method == "POST" else {
                throw Refusal(.methodNotAllowed, "\(delivery.method) is not POST")
            }
            let verified = try provider.scheme.verify(
                delivery, keyring: source.keyring, policy: source.verification, tolerance: source.tolerance,
                now: delivery.receivedAt)
            let normalized = try normalize(verified, by: provider)
            let jobs = RulePlan.jobs(for: normalized.event, source: source.name, settings: settings)
            let pending = Pending(
                recordable: Recordable(source: source.name, normalized: normalized, jobs: jobs),
                provider: provider, exchange: exchange, startedAt: startedAt)
            if !queue.submit(pending) { answers.storeUnavailable(pending) }
        } catch {
            exchange.answer(answers.refused(delivery, source: source.name, by: provider, error))
        }
    }

    /// The answer to a delivery whose body could not be read whole.
    func refuse(_ delivery: Delivery, from source: SourceSettings, _ refusal: Refusal) -> Response {
        answers.refused(delivery, source: source.name, by: source.provider(for: delivery), refusal)
    }
}

extension SourceSettings {
    /// The contract that a delivery follows, by its headers; the source's first one when none recognizes it, so that
    /// it is refused in that contract's own shape.
    func provider(for delivery: Delivery) -> any Provider {
        providers.first { $0.recognizes(delivery) } ?? providers[0]
    }
}
