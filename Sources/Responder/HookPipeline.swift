import FastCGI
import Ledger
import Platform
import Providers
import Settings
import Verification
import Webhooks

/// The way of a webhook: source by path → handshake → contract by header → verify →
/// normalize → plan → commit queue. Everything here is pure except the clock; every refusal on the way is made here.
struct HookPipeline: Sendable {
    private let settings: Settings
    private let queue: CommitQueue
    private let answers: Answers
    private let handshakes: RowRecorder<Handshake>
    private let unsigned: UnsignedGuard
    private let quarantine: QuarantineRecorder?

    /// - Parameters:
    ///   - settings: those of every delivery that it handles.
    ///   - unsigned: what counts unsigned deliveries, whatever the settings.
    ///   - quarantine: nil if no refused delivery is kept whole.
    init(
        settings: Settings, queue: CommitQueue, answers: Answers, handshakes: RowRecorder<Handshake>,
        unsigned: UnsignedGuard, quarantine: QuarantineRecorder?
    ) {
        self.quarantine = quarantine
        self.unsigned = unsigned
        self.settings = settings
        self.queue = queue
        self.answers = answers
        self.handshakes = handshakes
    }

    /// The source with this hook path; nil if there is none.
    func source(forPath path: String) -> SourceSettings? { settings.source(forPath: path) }

    /// Brings one delivery to the commit queue, or answers it.
    func handle(_ delivery: Delivery, from source: SourceSettings, startedAt: Int64, _ exchange: Exchange) {
        if let (contract, answer) = source.handshake(delivery) {
            return shake(delivery, answer, source, by: contract.provider, verdict: nil, exchange)
        }
        let contract = source.contract(for: delivery)
        let provider = contract.provider
        do throws(Refusal) {
            guard delivery.method == "POST" || delivery.method == "GET" && provider.deliversByGet else {
                throw Refusal(.methodNotAllowed, "\(delivery.method) is not POST")
            }
            let verified = try source.verify(delivery, by: contract)
            quarantine?.sawVerified(verified, of: source)
            try unsigned.check(verified, of: source, by: contract)
            if let answer = provider.challenge(verified) {
                return shake(delivery, answer, source, by: provider, verdict: verified.verdict, exchange)
            }
            let recordable = try Recordable(
                source.masked(verified), from: settings.owner(of: contract, at: source), by: provider,
                settings: settings)
            let pending = Pending(
                recordable: recordable, provider: provider, exchange: exchange, startedAt: startedAt,
                isSuspect: answers.isSuspect(recordable),
                spools: contract.onStoreFailure == .spool,
                isUnsignedWhereOthersSign: contract.verification == .optional
                    && verified.verdict.strength == .unverified)
            if !queue.submit(pending) { answers.storeUnavailable([pending], .away) }
        } catch {
            let masked = source.masked(delivery)
            let answer = answers.refused(masked, source: source.name, by: provider, error)
            exchange.answer(answer)
            // After the answer, which therefore says nothing about it.
            quarantine?.offer(delivery, masked: masked, of: source, by: contract, error, status: answer.status)
        }
    }

    /// Answers a ping, a challenge or a portal's test.
    private func shake(
        _ delivery: Delivery, _ answer: Answer, _ source: SourceSettings, by provider: any Provider, verdict: Verdict?,
        _ exchange: Exchange
    ) {
        exchange.answer(Response(answer, .handshake))
        let handshake = Handshake(
            source.masked(delivery), source: source.name, provider: provider.name, verdict: verdict,
            status: answer.status)
        if handshakes.record(handshake) { answers.shook(handshake) }
    }

    /// Handles a test of the EverShop guide.
    func handleTest(_ delivery: Delivery, startedAt: Int64, _ exchange: Exchange) {
        do throws(TestWebhook.Refused) {
            let pending = try TestWebhook(settings: settings).pending(delivery, startedAt: startedAt, exchange)
            if !queue.submit(pending) { answers.storeUnavailable([pending], .away) }
        } catch {
            exchange.answer(Response(error.answer))
        }
    }

    /// The answer to a delivery with an incomplete body.
    func refuse(_ delivery: Delivery, from source: SourceSettings, _ refusal: Refusal) -> Response {
        answers.refused(delivery, source: source.name, by: source.contract(for: delivery).provider, refusal)
    }
}
