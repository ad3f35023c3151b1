import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Postgres
import Settings
import Webhooks

/// `hookledger config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration, and list its keys.",
        subcommands: [ConfigCheck.self, ConfigKeys.self])
}

/// `hookledger config check`
struct ConfigCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report all mistakes in the configuration, each with its line.",
        discussion: """
            Reads the same as the programs: the file, the environment, hookledger.env and hookledger-outbound.env beside \
            the file, and the secrets (as root: all of them). \
            Secrets are never printed. Sources that accept unsigned deliveries are listed each time, and, if the \
            database can be reached, those that accepted some in the last 30 days but no longer do. A source with an \
            empty or undecodable secret is a mistake; the responder starts \
            anyway, serves the others and answers that one with 503. Exit codes: 0 no mistakes, warnings aside; 78 mistakes.
            """)

    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    @Flag(help: "One JSON object a line: each problem, then the counts.")
    var json = false

    func run() throws {
        var problems: [SettingsProblem]
        var settings: Settings?
        do throws(SettingsErrors) {
            let read = try Settings.load(
                path: config, from: .system, kinds: ActionTable.kinds, now: SystemClock.now)
            (problems, settings) = (read.problems, read)
        } catch {
            problems = error.problems
        }
        if let settings { problems += Self.history(settings) }
        for problem in problems { Console.say(json ? Self.object(problem).text : Self.line(problem)) }
        let errors = problems.count(where: \.severity.isMistake)
        let warnings = problems.count { $0.severity == .warning }
        if json {
            let report: JSONValue = [
                "usable": .bool(errors == 0), "file": settings?.file.map(JSONValue.string) ?? .null,
                "errors": .number(JSONNumber(Int64(errors))), "warnings": .number(JSONNumber(Int64(warnings))),
                "unsigned": .array(settings?.unsignedSources.map(JSONValue.string) ?? []),
                "sources": .array(settings?.sources.map { .string($0.name) } ?? []),
                "actions": .array(settings?.actions.map { .string($0.name) } ?? []),
                "rules": .array(settings?.rules.map { .string($0.name) } ?? []),
            ]
            Console.say(report.text)
        } else if let settings, errors == 0 {
            Console.say(Self.summary(settings, warnings))
        } else {
            let hasFaultyAction = settings?.actions.contains { $0.fault != nil } ?? false
            let start =
                settings == nil
                ? "do not start with these mistakes"
                : "start, and answer such a source 503"
                    + (hasFaultyAction ? "; the jobs of such an action are held" : "")
            Console.say("\(Plural.text(errors, "mistake")); the programs \(start).")
        }
        if errors > 0 { throw ExitCode(.configuration) }
    }

    /// Sources that accepted unsigned deliveries and now refuse them, if there is a database that knows.
    private static func history(_ settings: Settings) -> [SettingsProblem] {
        let texts: [String]
        do {
            let connection = try Connection(
                conninfo: settings.database.connection(for: .operator).conninfo, applicationName: "hookledger-check",
                settings: [("statement_timeout", "5s")], queryDeadline: .seconds(6))
            texts = UnsignedNotice.all(try UnsignedHistory.lately(on: connection), settings).map(\.text)
        } catch {
            return []
        }
        return texts.map { SettingsProblem(.warning, file: settings.file ?? "environment", line: nil, $0) }
    }

    private static func line(_ problem: SettingsProblem) -> String {
        switch problem.severity {
        case .fault, .error: Console.coloured(problem.description, .red)
        case .warning: Console.coloured(problem.description, .yellow)
        case .notice: problem.description
        }
    }

    private static func object(_ problem: SettingsProblem) -> JSONValue {
        [
            "severity": .string(problem.severity.isMistake ? "error" : "\(problem.severity)"),
            "file": .string(problem.file),
            "line": problem.line.map { .number(JSONNumber(Int64($0))) } ?? .null, "message": .string(problem.message),
        ]
    }

    private static func summary(_ settings: Settings, _ warnings: Int) -> String {
        let paths = settings.sources.reduce(0) { $0 + $1.paths.count }
        return "\(settings.file ?? "the environment"): usable; \(Plural.text(settings.sources.count, "source")) on "
            + "\(Plural.text(paths, "path")), \(Plural.text(settings.actions.count, "action")), "
            + "\(Plural.text(settings.rules.count, "rule")), \(Plural.text(warnings, "warning"))."
            + (settings.unsignedSources.isEmpty
                ? "" : " Unsigned deliveries are accepted by \(settings.unsignedSources.joined(separator: ", ")).")
    }
}
