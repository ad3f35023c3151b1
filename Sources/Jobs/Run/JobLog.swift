import LogLines
import Logging

/// The log lines of jobs. No secret, no body: ids, names, host and port, and why.
struct JobLog {
    let logger: Logger

    func write(_ note: RunNote) {
        switch note {
        case .ended(let ending): ended(ending)
        case .leaseLost(let job): leaseLost(job)
        case .rescued(let ready, let dead): rescued(ready: ready, dead: dead)
        case .held(let job, let reason): held(job, reason: reason)
        case .overdue(let dead): overdue(dead)
        case .destinationAway(let destination, let wait, let reason):
            logger.report(.destinationAway, pause(destination, wait, reason))
        case .destinationBusy(let account, let wait, let reason):
            logger.report(.destinationBusy, pause(account, wait, reason))
        case .destinationBack(let destination): destinationBack(destination)
        case .deadLetters(let told, let untold): deadLetters(told: told, untold: untold)
        case .alerts(let causes): alerts(causes)
        case .databaseAway(let error): databaseAway(error)
        case .slotLost: slotLost()
        case .finished(let report): finished(report)
        }
    }

    private func ended(_ ending: Ending) {
        var metadata = ids(ending.job)
        metadata["request_id"] = ending.requestID.map { .string($0) }
        metadata["attempt"] = .stringConvertible(ending.job.tryNumber)
        metadata["duration_ms"] = .stringConvertible(ending.finishedAt - ending.startedAt)
        metadata["outcome"] = .string(ending.outcome)
        metadata["destination"] = ending.destination.map { .string($0) }
        metadata["status"] = ending.status.map { .stringConvertible($0) }
        metadata["reason"] = ending.transition.reason.map { .string($0) }
        switch ending.transition.fate {
        case .over(let skipped):
            logger.report(skipped ? .jobSkipped : .jobDone, metadata)
        case .again(let delay, let counted):
            metadata["next_in_ms"] = .stringConvertible(delay)
            metadata["counted"] = .stringConvertible(counted)
            logger.report(.jobFailed, level: .warning, metadata)
        case .dead:
            logger.report(.jobFailed, level: .error, metadata)
        }
    }

    private func leaseLost(_ job: Job) {
        logger.report(.leaseLost, ids(job))
    }

    private func rescued(ready: [Int64], dead: [Int64]) {
        guard !(ready.isEmpty && dead.isEmpty) else { return }
        logger.report(
            .jobsRecovered,
            [
                "ready": .stringConvertible(ready.count), "dead": .stringConvertible(dead.count),
                "dead_jobs": Self.list(dead),
            ])
    }

    private func held(_ job: Job, reason: String) {
        logger.report(.jobHeld, ids(job).merging(["reason": .string(reason)]) { $1 })
    }

    private func overdue(_ dead: [Int64]) {
        logger.report(
            .jobsGivenUp, ["dead": .stringConvertible(dead.count), "dead_jobs": Self.list(dead)])
    }

    private static func list(_ jobs: [Int64]) -> Logger.MetadataValue {
        .string(jobs.prefix(20).map(String.init).joined(separator: ","))
    }

    private func pause(_ destination: String, _ wait: Int64, _ reason: String) -> Logger.Metadata {
        ["destination": .string(destination), "wait_ms": .stringConvertible(wait), "reason": .string(reason)]
    }

    private func destinationBack(_ destination: String) {
        logger.report(.destinationBack, ["destination": .string(destination)])
    }

    private func deadLetters(told: Int, untold: Int) {
        if told > 0 { logger.report(.deadLettersAlerted, ["dead": .stringConvertible(told)]) }
        if untold > 0 { logger.report(.deadLettersUnalerted, ["dead": .stringConvertible(untold)]) }
    }

    private func alerts(_ causes: Int) {
        logger.report(.alertSent, ["causes": .stringConvertible(causes)])
    }

    private func databaseAway(_ error: String) {
        logger.report(.runWaits, ["error": .string(error)])
    }

    private func slotLost() {
        logger.report(.slotLost)
    }

    private func finished(_ report: RunReport) {
        let counts: [(String, Int)] = [
            ("claimed", report.claimed), ("done", report.done), ("skipped", report.skipped),
            ("retried", report.retried), ("dead", report.dead), ("uncertain", report.uncertain),
            ("released", report.released), ("rescued", report.rescued), ("leases_lost", report.leasesLost),
            ("held", report.held),
        ]
        var metadata: Logger.Metadata = ["duration_ms": .stringConvertible(report.duration)]
        for (name, count) in counts { metadata[name] = .stringConvertible(count) }
        switch report.end {
        case .finished: logger.report(.runFinished, metadata)
        case .noSlot: logger.report(.runSkipped, metadata)
        case .held(let reason):
            metadata["reason"] = .string(reason)
            logger.report(.runHeld, metadata)
        case .databaseAway: logger.report(.runAborted, metadata)
        case .misconfigured(let error):
            metadata["error"] = .string(error)
            logger.report(.runMisconfigured, metadata)
        }
    }

    private func ids(_ job: Job) -> Logger.Metadata {
        [
            "job_id": .stringConvertible(job.id), "action": .string(job.action), "kind": .string(job.kind),
            "rule": .string(job.rule), "event_id": .stringConvertible(job.eventID),
        ]
    }
}
