import FastCGI
import Ledger
import Platform
import Providers
import Settings
import Webhooks

/// The way of a webhook: source by path → handshake → verify → normalize → plan → commit queue. Everything here is
/// pure but the clock; whatever is refused on the way is refused here.
struct HookPipeline: Sendable {
    private let settings: Settings
    private let sources: [String: HookSource]
    private let queue: CommitQueue
    private let answers: Answers

    init(settings: Settings, queue: CommitQueue, answers: Answers) {
        self.settings = settings
        sources = Dictionary(
            settings.sources.compactMap(HookSource.init).flatMap { source in source.settings.paths.map { ($0, source) }
            },
            uniquingKeysWith: { first, _ in first })
        self.queue = queue
        self.answers = answers
    }

    /// The source whose hook path this is; nil when it is none's.
    func source(forPath path: String) -> HookSource? { sources[path] }

    /// Takes one delivery up to the commit queue, or answers it.
    func handle(_ delivery: Delivery, from source: HookSource, startedAt: Int64, _ exchange: Exchange) {
        let provider = source.provider(for: delivery)
        if let answer = provider.handshake(delivery, keyring: source.settings.keyring) {
            return exchange.answer(Response(answer))
        }
        do throws(Refusal) {
            guard delivery.method == "POST" else {
                throw Refusal(.methodNotAllowed, "\(delivery.method) is not POST")
            }
            let pending = Pending(
                recordable: try Recordable(delivery, from: source.settings, by: provider, settings: settings),
                provider: provider, exchange: exchange, startedAt: startedAt,
                spools: source.settings.onStoreFailure == .spool)
            if !queue.submit(pending) { answers.storeUnavailable([pending]) }
        } catch {
            exchange.answer(answers.refused(delivery, source: source.name, by: provider, error))
        }
    }

    /// The answer to a delivery whose body could not be read whole.
    func refuse(_ delivery: Delivery, from source: HookSource, _ refusal: Refusal) -> Response {
        answers.refused(delivery, source: source.name, by: source.provider(for: delivery), refusal)
    }
}
