import FastCGI
import Ledger
import LogLines
import Logging
import Platform
import Settings

/// The parts of the pool that takes webhooks: what commits them, and what writes refusals and handshakes.
struct IngestPool: PoolPart {
    private let front: ReplaceableHandler
    private let committer: Committer
    private let cells: CellWatch
    private let refusals: RowRecorder<RefusedDelivery>
    private let parts: IngestParts

    init(settings: Settings, conninfo: String, spool: Spool?, metrics: Metrics, logger: Logger) {
        let committers = settings.responder.committers(processors: Processors.usable)
        let refusals = RowRecorder<RefusedDelivery>(conninfo: conninfo, name: "refusals") {
            logger.report(.refusalsNotRecorded, ["count": "\($0)", "error": "\($1)"])
        }
        self.refusals = refusals
        let health = StoreHealth(logger: logger, spool: spool)
        let queue = CommitQueue(committers: committers)
        let answers = Answers(
            logger: logger, refusals: refusals, peers: PeerGuard(), spool: spool, health: health, metrics: metrics,
            marksUnsigned: settings.environment == .production)
        cells = CellWatch(conninfo: conninfo)
        committer = Committer(
            threads: committers, batchLimit: BatchPlan.limit(cells: settings.database.cells.count), queue: queue,
            conninfo: conninfo, cells: cells, answers: answers, health: health, logger: logger)
        parts = IngestParts(
            queue: queue, answers: answers, health: health,
            page: HealthPage(
                environment: settings.environment.rawValue, startedAt: SystemClock.monotonicNanoseconds(),
                health: health),
            handshakes: RowRecorder(conninfo: conninfo, name: "handshakes") {
                logger.report(.handshakesNotRecorded, ["count": "\($0)", "error": "\($1)"])
            },
            quarantine: QuarantineRecorder(conninfo: conninfo, key: spool?.key) {
                logger.report(.quarantineNotRecorded, ["count": "\($0)", "error": "\($1)"])
            })
        front = ReplaceableHandler(parts.handler(settings))
    }

    var handler: any RequestHandler { front }

    func use(_ settings: Settings) { front.replace(by: parts.handler(settings)) }

    func start() throws(SystemCallError) {
        try cells.start()
        try committer.start()
        try refusals.start()
        try parts.handshakes.start()
        try parts.quarantine.start()
    }

    func finish() { committer.finish() }

    func end() {
        cells.finish()
        refusals.finish()
        parts.handshakes.finish()
        parts.quarantine.finish()
    }
}

/// What stays while the configuration changes.
private struct IngestParts {
    let queue: CommitQueue
    let answers: Answers
    let health: StoreHealth
    let page: HealthPage
    let handshakes: RowRecorder<Handshake>
    let quarantine: QuarantineRecorder
    private let unsigned = UnsignedGuard()

    init(
        queue: CommitQueue, answers: Answers, health: StoreHealth, page: HealthPage,
        handshakes: RowRecorder<Handshake>, quarantine: QuarantineRecorder
    ) {
        (self.queue, self.answers, self.health, self.page) = (queue, answers, health, page)
        (self.handshakes, self.quarantine) = (handshakes, quarantine)
    }

    /// What handles requests by these settings.
    func handler(_ settings: Settings) -> IngestHandler {
        health.useSpool(settings.sources.contains { $0.contracts.contains { $0.onStoreFailure == .spool } })
        return IngestHandler(
            hooks: HookPipeline(
                settings: settings, queue: queue, answers: answers, handshakes: handshakes, unsigned: unsigned,
                quarantine: settings.retention.quarantine > .zero ? quarantine : nil),
            health: page, store: health)
    }
}
