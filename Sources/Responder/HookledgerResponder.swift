import Actions
import ArgumentParser
import FastCGI
import LogLines
import Logging
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger-responder`: answers webhooks (pool `ingest`) or the REST API (pool `api`) over FastCGI on descriptor 0.
@main
struct HookledgerResponder: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookledger-responder",
        abstract: "Receives webhooks over FastCGI and answers once they are stored.",
        discussion: """
            Started by spawn-fcgi or a systemd socket, never by hand: it serves the listening socket on its \
            standard input.

              spawn-fcgi -n -s /run/hookledger/ingest.sock -M 0600 -U www-data -- \\
                  /usr/bin/hookledger-responder --pool ingest

            SIGTERM finishes the requests in flight and exits. SIGHUP reads the configuration again \
            (`hookledger reload`); a wrong one is refused, and the old one stays in use. Log lines are JSON on standard error.
            Exit codes: 0 ended by a signal, 1 failed, 64 started by hand, 78 configuration error.
            """)

    enum Pool: String, ExpressibleByArgument, CaseIterable {
        case ingest, api

        /// The part of the configuration for this pool.
        var reader: Settings.Reader {
            switch self {
            case .ingest: .ingest
            case .api: .api
            }
        }

        /// Its role in the database.
        var role: DatabaseSettings.Role { self == .ingest ? .ingest : .api }
    }

    @Option(help: "What to serve: webhooks (ingest) or the REST API (api).")
    var pool = Pool.ingest

    @Option(help: "Threads that read and verify; they never wait for the database.")
    var workers = 2

    @Option(help: "Requests in flight at most; further connections wait in the socket's queue.")
    var capacity = 1024

    @Option(
        help:
            "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    func validate() throws {
        guard (1...64).contains(workers) else { throw ValidationError("--workers must be between 1 and 64") }
        guard (1...65_536).contains(capacity) else { throw ValidationError("--capacity must be between 1 and 65536") }
    }

    func run() throws {
        if Server.isStartedByHand() {
            StandardError.write("hookledger-responder serves a listening socket as its standard input; see --help")
            throw ExitCode(ProgramExit.usage.rawValue)
        }
        // Before the first thread: one signal must not end the program.
        Signals.block([.hangUp])
        let read = { @Sendable [config, pool] () throws(SettingsErrors) -> Settings in
            try Settings.load(
                path: config, for: pool.reader, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
        }
        let readAt = SystemClock.monotonicNanoseconds()
        let settings: Settings
        do {
            settings = try read()
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(ProgramExit.configuration.rawValue)
        }
        LogLines.bootstrap(level: settings.log.level.loggerLevel)
        let program = ResponderProgram(
            settings: settings, read: read, readAt: readAt, pool: pool, workers: workers, capacity: capacity)
        do {
            try program.run()
        } catch SQLState.pooledSession {
            Logger(label: "hookledger-responder").report(
                .responderEnded, level: .critical, ["error": "\(PostgresError.pooled)"])
            throw ExitCode(ProgramExit.configuration.rawValue)
        } catch {
            Logger(label: "hookledger-responder").report(
                .responderEnded, level: .critical, ["error": "\(error)"])
            throw ExitCode(ProgramExit.no.rawValue)
        }
    }
}

extension LogSettings.Level {
    var loggerLevel: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}
