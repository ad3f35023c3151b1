import FastCGI
import Ledger
import LogLines
import Logging
import Platform
import Settings

/// The parts of the pool that takes webhooks: what commits them, and what writes refusals and handshakes.
struct IngestPool: PoolPart {
    let handler: any RequestHandler
    private let committer: Committer
    private let refusals: RowRecorder<RefusedDelivery>
    private let handshakes: RowRecorder<Handshake>
    private let quarantine: QuarantineRecorder?

    init(settings: Settings, conninfo: String, spool: Spool?, metrics: Metrics, logger: Logger) {
        quarantine =
            settings.retention.quarantine > .zero
            ? QuarantineRecorder(conninfo: conninfo, key: spool?.key) {
                logger.report(.quarantineNotRecorded, ["count": "\($0)", "error": "\($1)"])
            } : nil
        let committers = settings.responder.committers(processors: Processors.usable)
        let queue = CommitQueue(committers: committers)
        refusals = RowRecorder(conninfo: conninfo, name: "refusals") {
            logger.report(.refusalsNotRecorded, ["count": "\($0)", "error": "\($1)"])
        }
        handshakes = RowRecorder(conninfo: conninfo, name: "handshakes") {
            logger.report(.handshakesNotRecorded, ["count": "\($0)", "error": "\($1)"])
        }
        let spools = settings.sources.contains { $0.contracts.contains { $0.onStoreFailure == .spool } }
        let health = StoreHealth(logger: logger, spool: spools ? spool : nil)
        let answers = Answers(
            logger: logger, refusals: refusals, peers: PeerGuard(), spool: spool, health: health, metrics: metrics,
            marksUnsigned: settings.environment == .production)
        committer = Committer(
            threads: committers, queue: queue, conninfo: conninfo, answers: answers, health: health, logger: logger)
        handler = IngestHandler(
            hooks: HookPipeline(
                settings: settings, queue: queue, answers: answers, handshakes: handshakes, quarantine: quarantine),
            health: HealthPage(
                environment: settings.environment.rawValue, startedAt: SystemClock.monotonicNanoseconds(),
                health: health),
            store: health)
    }

    func start() throws(SystemCallError) {
        try committer.start()
        try refusals.start()
        try handshakes.start()
        try quarantine?.start()
    }

    func finish() { committer.finish() }

    func end() {
        refusals.finish()
        handshakes.finish()
        quarantine?.finish()
    }
}
