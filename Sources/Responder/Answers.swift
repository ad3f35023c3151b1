import FastCGI
import JSON
import Ledger
import LogLines
import Logging
import Platform
import Postgres
import Providers
import Settings
import Verification
import Webhooks

/// Answers deliveries, and logs the outcome of each: one line per delivery.
final class Answers: Sendable {
    private let logger: Logger
    private let refusals: RowRecorder<RefusedDelivery>
    private let peers: PeerGuard
    private let spool: Spool?
    private let health: StoreHealth
    private let metrics: Metrics
    private let failures = FailureMemory()
    /// Whether the answer to an unsigned delivery is marked.
    private let marksUnsigned: Bool

    /// - Parameter marksUnsigned: whether an answer to an unsigned delivery says that it changes nothing signed; on a
    ///   developer's machine it is the guide's to the letter.
    init(
        logger: Logger, refusals: RowRecorder<RefusedDelivery>, peers: PeerGuard, spool: Spool?, health: StoreHealth,
        metrics: Metrics, marksUnsigned: Bool = false
    ) {
        self.health = health
        self.marksUnsigned = marksUnsigned
        self.logger = logger
        self.refusals = refusals
        self.peers = peers
        self.spool = spool
        self.metrics = metrics
    }

    /// A ping, a challenge or a portal's test was answered.
    func shook(_ handshake: Handshake) {
        logger.report(
            .handshakeAnswered,
            [
                "request_id": "\(handshake.requestID)", "source": "\(handshake.source)",
                "provider": "\(handshake.provider)", "verdict": "\(handshake.strength.rawValue)",
                "status": "\(handshake.status)", "remote_addr": "\(handshake.remoteAddress)",
            ])
    }

    /// Their COMMIT has returned: this and the spool are all that answers a webhook with 2xx.
    func recorded(_ batch: [(pending: Pending, receipt: Receipt)]) {
        for (pending, receipt) in batch {
            precondition(receipt.eventID > 0, "2xx means stored, and what is stored has an id")
            pending.exchange.answer(Response(answer(pending, receipt), trace(pending, receipt)))
        }
        failures.recorded(batch.map(\.pending.recordable.eventKey))
        let now = SystemClock.monotonicNanoseconds()
        if logger.logLevel <= .info { log(batch, at: now) }
        metrics.observe(.ingestSeconds, seconds: batch.map { Double(now - $0.pending.startedAt) / 1_000_000_000 })
        var rest = batch[...]
        while let first = rest.first {
            // Mostly the whole batch: few sources send at the same time.
            let source = first.pending.recordable.source
            let strength = verdict(first.pending).strength
            let same = rest.prefix {
                $0.pending.recordable.source == source && verdict($0.pending).strength == strength
            }
            metrics.count(.deliveries, by: same.count, "source", source, "verdict", strength.rawValue)
            let duplicates = same.count(where: \.receipt.isDuplicate)
            if duplicates > 0 { metrics.count(.duplicates, by: duplicates, "source", source) }
            rest = rest.dropFirst(same.count)
        }
    }

    /// Writes the line of each delivery.
    private func log(_ batch: [(pending: Pending, receipt: Receipt)], at now: Int64) {
        var lines = LineBatch(.webhookReceived, at: SystemClock.now)
        for (pending, receipt) in batch {
            let verdict = verdict(pending)
            lines.add(
                (receipt.isDuplicate ? [("duplicate", "true")] : []) + [
                    ("duration_us", String((now - pending.startedAt) / 1000)),
                    ("event_id", String(receipt.eventID)), ("key_id", verdict.keyID ?? "-"),
                    ("request_id", pending.delivery.requestID), ("source", pending.recordable.source),
                    ("type", pending.event.type), ("verdict", verdict.strength.rawValue),
                ])
        }
        lines.write()
    }

    /// Whether this delivery failed before, and may have been the reason.
    func isSuspect(_ recordable: Recordable) -> Bool { failures.isSuspect(recordable.eventKey) }

    /// Why deliveries were not stored in time; the raw value is for the log.
    enum Obstacle: String {
        /// The store cannot be reached, or is too slow.
        case away = "Postgres is away"
        /// Another transaction holds their rows.
        case busy = "another transaction holds its row"
        /// The store failed at them.
        case failed = "Postgres failed to record it"
    }

    /// Whether deliveries that were not stored are counted as failed.
    enum FailureCount {
        /// Postgres was known to be away.
        case no
        /// They had to wait for too long.
        case waited
        /// Postgres was asked to record them.
        case tried
    }

    /// Deliveries were not stored in time. Those of spooled sources are kept on disk and answered 2xx; of the rest
    /// nothing is known to be stored, so the sender must retry. One that failed too often while others were recorded is
    /// spooled in either case, and a row of `refusals` raises the alert.
    /// - Parameter count: whether that counts as a failure of each.
    func storeUnavailable(_ pending: [Pending], _ obstacle: Obstacle, _ count: FailureCount = .no) {
        let areTheReason = pending.map {
            count != .no && failures.failed($0.recordable.eventKey, wasTried: count == .tried)
        }
        let isKept = zip(pending, areTheReason).map { $0.spools || $1 }
        let kept = keep(zip(pending, isKept).filter(\.1).map(\.0))
        for (place, pending) in pending.enumerated() {
            let status = kept && isKept[place] ? spooled(pending, obstacle) : retryLater(pending, obstacle)
            if areTheReason[place] {
                let times = "\(FailedDeliveries.limit) times, while others were recorded"
                note(pending, "\(times): \(obstacle.rawValue)", status)
            }
        }
    }

    /// Postgres was there and did not record these deliveries. If it refused a delivery's values, the sender gets 500;
    /// every other failure is ours, and the delivery is spooled or its sender must retry. One that failed too often
    /// while others were recorded is spooled in either case. A row of `refusals` raises the alert.
    func notRecorded(_ failed: [CommitOutcome<Pending>.Failed]) {
        let isKept = failed.map { one in
            let isTheBody = failures.failed(one.delivery.recordable.eventKey, wasTried: true)
            if Mutation.isOn("own-fault-is-not-spooled") { return isTheBody }
            return isTheBody || one.delivery.spools && !one.isOfValues
        }
        let kept = keep(zip(failed, isKept).filter(\.1).map(\.0.delivery))
        for (one, isKept) in zip(failed, isKept) {
            let status: Int
            switch UnrecordedAnswer(isKept: kept && isKept, isOfValues: one.isOfValues) {
            case .spooled: status = spooled(one.delivery, .failed, error: one.error)
            case .retryLater: status = retryLater(one.delivery, .failed, error: one.error)
            case .refused:
                status = 500
                one.delivery.exchange.answer(.problem(status, "internal_error"))
                var line = lineStart(one.delivery)
                line["error"] = "\(one.error)"
                logger.report(.webhookNotRecordable, line)
            }
            note(one.delivery, "\(one.error)", status)
        }
    }

    /// Leaves the row that raises the alert.
    private func note(_ pending: Pending, _ reason: String, _ status: Int) {
        refusals.record(
            RefusedDelivery(
                pending.delivery, source: pending.recordable.source, refusal: Refusal(.notRecorded, reason),
                status: status, without: pending.provider.credentialMembers))
    }

    @discardableResult
    private func spooled(_ pending: Pending, _ obstacle: Obstacle, error: PostgresError? = nil) -> Int {
        // Event and order have no ids yet.
        let answer = answer(pending, Receipt(eventID: 0, orderRow: nil, isDuplicate: false))
        pending.exchange.answer(Response(answer, .spooled))
        unstored(pending, obstacle, isSpooled: true, error)
        return answer.status
    }

    @discardableResult
    private func retryLater(_ pending: Pending, _ obstacle: Obstacle, error: PostgresError? = nil) -> Int {
        pending.exchange.answer(Mutation.isOn("unstored-is-2xx") ? Response(.json(200, [:])) : .comeAgain)
        unstored(pending, obstacle, isSpooled: false, error)
        return Response.comeAgain.status
    }

    private func unstored(_ pending: Pending, _ obstacle: Obstacle, isSpooled: Bool, _ error: PostgresError?) {
        metrics.count(.unstored, "source", pending.recordable.source, "spooled", isSpooled ? "true" : "false")
        var line = lineStart(pending)
        line["cause"] = "\(obstacle.rawValue)"
        line["error"] = error.map { "\($0)" }
        logger.report(isSpooled ? .webhookSpooled : .webhookNotStored, line)
    }

    /// Whether they are all safe on disk now.
    private func keep(_ pending: [Pending]) -> Bool {
        guard let spool, !pending.isEmpty else { return false }
        do throws(Spool.Failure) {
            try spool.keep(pending.map(\.recordable))
            health.spooled(true)
            return true
        } catch {
            health.spooled(false)
            if Mutation.isOn("full-spool-is-2xx") { return true }
            logger.report(.webhooksLost, ["error": "\(error)", "count": "\(pending.count)"])
            return false
        }
    }

    /// The answer to a refused delivery.
    /// - Parameter delivery: without credentials.
    func refused(_ delivery: Delivery, source: String, by provider: any Provider, _ refusal: Refusal) -> Response {
        var answer = provider.answer(refusal)
        // Genuine, and refused for its time alone: while Postgres' clock differs from ours, or is not known yet, nobody can say
        // which one is wrong, and the sender must retry.
        if refusal.kind == .outsideTolerance, !health.isClockConfirmed, !Mutation.isOn("wrong-clock-is-401") {
            answer = .json(503, ["error": "unavailable"], retryAfter: 60)
        }
        if [401, 412].contains(answer.status), peers.countRefusal(of: delivery.remoteAddress, at: delivery.receivedAt) {
            answer = .tooManyRefusals
        }
        metrics.count(.deliveries, "source", source, "verdict", "refused")
        metrics.count(.refusals, "source", source, "reason", refusal.kind.rawValue)
        refusals.record(
            RefusedDelivery(
                delivery, source: source, refusal: refusal, status: answer.status,
                without: provider.credentialMembers))
        logger.report(
            .webhookRefused, level: refusal.kind == .noUsableSecret ? .error : .warning,
            [
                "request_id": "\(delivery.requestID)", "source": "\(source)", "verdict": "\(refusal.kind.rawValue)",
                "reason": "\(refusal.reason)", "status": "\(answer.status)", "remote_addr": "\(delivery.remoteAddress)",
            ])
        return Response(answer)
    }

    private func answer(_ pending: Pending, _ receipt: Receipt) -> Answer {
        let answer = pending.provider.answer(pending.event, receipt, pending.delivery)
        guard marksUnsigned, pending.isUnsignedWhereOthersSign else { return answer }
        return answer.marked("unsigned", "stored, but fields that a signed delivery wrote are unchanged")
    }

    private func trace(_ pending: Pending, _ receipt: Receipt) -> LedgerTrace {
        receipt.isDuplicate
            ? .duplicate(receipt.eventID)
            : .stored(receipt.eventID, receivedAt: pending.delivery.receivedAt)
    }

    private func verdict(_ pending: Pending) -> Verdict { pending.recordable.normalized.verified.verdict }

    private func lineStart(_ pending: Pending) -> Logger.Metadata {
        let verdict = verdict(pending)
        let microseconds = (SystemClock.monotonicNanoseconds() - pending.startedAt) / 1000
        return [
            "request_id": "\(pending.delivery.requestID)", "source": "\(pending.recordable.source)",
            "type": "\(pending.event.type)", "verdict": "\(verdict.strength.rawValue)",
            "key_id": "\(verdict.keyID ?? "-")", "duration_us": "\(microseconds)",
        ]
    }
}

extension Response {
    /// An answer of the webhook layers, for FastCGI.
    /// - Parameter trace: what nginx logs of it for the audit; nil for what stores nothing.
    init(_ answer: Answer, _ trace: LedgerTrace? = nil) {
        self.init(
            status: answer.status,
            headers: answer.headers.map { ($0.name, $0.value) } + (trace.map { [(LedgerTrace.header, $0.text)] } ?? []),
            body: answer.body)
    }

    /// `{"error":…}` with that status.
    static func problem(_ status: Int, _ code: String) -> Response {
        Response(.json(status, ["error": .string(code)]))
    }

    /// 503: try again in a moment.
    static var comeAgain: Response {
        var answer = Answer.json(503, ["error": "unavailable"])
        answer.headers.append(HeaderFields.Field(name: "retry-after", value: "30"))
        return Response(answer)
    }
}

extension Answer {
    /// The same with one more member, if it is a JSON object.
    func marked(_ name: String, _ text: String) -> Answer {
        guard var object = (try? JSONValue(parsing: body))?.object else { return self }
        object[name] = .string(text)
        var marked = self
        marked.body = JSONValue.object(object).serialized()
        return marked
    }

    /// 429: this peer was refused too often recently.
    static var tooManyRefusals: Answer {
        var answer = Answer.json(429, ["error": "too_many_requests"])
        answer.headers.append(HeaderFields.Field(name: "retry-after", value: "60"))
        return answer
    }
}
