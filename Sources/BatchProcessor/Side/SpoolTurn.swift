import Ledger
import LogLines
import Logging
import Platform
import Settings

/// Imports this host's spool.
struct SpoolTurn: SideTurn {
    let failure = LoggedEvent.spoolNotImported

    func run(_ side: SideLoop) { takeIn(side.settings, side.logger, until: side.giveWay) }

    /// Imports it, over a session of its own.
    /// - Parameter shouldStop: asked between files.
    func takeIn(_ settings: Settings, _ logger: Logger, until shouldStop: () -> Bool) {
        guard let folder = settings.spool else { return }
        let key: KeyFile
        do throws(KeyFileProblem) {
            key = try KeyFile.load(settings.keys.credentials)
        } catch {
            guard Spool.hasFiles(folder) else { return }
            return logger.report(.spoolNotImported, ["error": "\(error)"])
        }
        let door = settings.database.door.connection(for: .batch).conninfo
        let report = SpoolImport(Spool(folder: folder, key: key), settings: settings, conninfo: door)
            .run(at: SystemClock.wallMicroseconds(), until: shouldStop)
        if report.isEmpty { return }
        for reason in report.setAside {
            logger.report(.movedAside, ["folder": "\(folder)/aside", "reason": "\(reason)"])
        }
        for delivery in report.redated { logger.report(.spoolRedated, ["delivery": "\(delivery)"]) }
        for reason in report.postponed { logger.report(.spoolPostponed, ["reason": "\(reason)"]) }
        logger.report(
            .spoolImported, level: report.stopped == nil ? .notice : .warning,
            [
                "recorded": "\(report.recorded)", "duplicates": "\(report.duplicates)",
                "set_aside": "\(report.setAside.count)", "stopped": report.stopped.map { "\($0)" } ?? "-",
            ])
    }
}

/// Searches aside/ of this host's spool for requests about a person.
struct AsideTurn: SideTurn {
    let failure = LoggedEvent.asideNotSearched

    func run(_ side: SideLoop) throws {
        let settings = side.settings
        guard let spool = settings.spool else { return }
        let name = try Files.readText("/proc/sys/kernel/hostname")
        let host = name.split(whereSeparator: \.isWhitespace).joined()
        let done = try AsideRequests.answer(
            spool: spool, key: try KeyFile.existing(settings.keys.credentials), copies: settings.copies, host: host,
            on: side.connection())
        for one in done where one.deliveries > 0 {
            side.logger.report(
                .asideAnswered,
                ["asked": "\(one.kind.rawValue)", "deliveries": "\(one.deliveries)", "file": "\(one.file ?? "-")"])
        }
    }
}
