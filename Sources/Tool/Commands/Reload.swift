import ArgumentParser
import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import Settings

/// `hookledger reload`
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Let the running programs of this host use the changed configuration.",
        discussion: """
            Checks the configuration, sends SIGHUP to the responder's pools and the runs of the batch processor, and waits \
            for their answers. A configuration with an error is refused with all of its errors, and the old one stays in use. \
            No request is lost: each is handled to its end by the configuration that it began with.

            Finds systemd's units, the processes in /run/hookledger/*.pid (spawn-fcgi -P) and in --pid-file, those of a \
            private stack, and those that have reported to the database. Each host of several needs its own reload.

            A reload cannot change the database connections, the environment, the log level, the number of committers, the \
            spool's folder, the variables of a process, and systemd's credentials: these need a restart.
            Exit codes: 0 all use it, 1 refused or not answered, 69 nothing runs here.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(name: .customLong("pid-file"), help: "A file with process ids, as spawn-fcgi -P writes it. Repeatable.")
    var pidFiles: [String] = []

    @Option(help: "How many seconds to wait for the answers.")
    var wait = 15

    @Flag(help: "One JSON object for each program.")
    var json = false

    private static let table = TextTable([
        .init("program"), .init("pid"), .init("outcome"), .init("revision"),
    ])

    func validate() throws {
        guard (1...600).contains(wait) else { throw ValidationError("--wait must be from 1 to 600 seconds") }
    }

    func run() throws {
        try reportingErrors {
            let settings = try checked()
            let connection = try database.connect(settings)
            let before = try ConfigurationInUse.all(on: connection)
            let programs = try RunningPrograms(
                pidFiles: pidFiles.isEmpty ? RunningPrograms.standardFiles : pidFiles,
                folder: settings.file.map { Files.parent($0) }
            ).all(before)
            guard !programs.isEmpty else {
                throw StackError(.missing, "no responder and no run of the batch processor was found on this host")
            }
            // The API's pool has the number that another program gets.
            let api = Set(before.filter { $0.host == HostName.own && $0.program == "api" }.map(\.pid))
            let ends = try [false, true].flatMap { isAPI in
                let some = programs.filter { api.contains($0.pid) == isAPI }
                return try ReloadAnswer.all(some, seconds: wait, on: connection)
            }
            Console.show(ends.map(\.row), Self.table, asJSON: json, whenEmpty: "")
            for refusal in Set(ends.compactMap(\.refusal)).sorted() { StandardError.write(refusal) }
            tellOfPaths(settings)
            if !ends.allSatisfy(\.isGood) { throw ExitCode(.no) }
        }
    }

    /// - Throws: exit code 1 after every error was printed.
    private func checked() throws -> Settings {
        do throws(SettingsErrors) {
            let settings = try database.read()
            for problem in settings.problems where problem.severity.isMistake { StandardError.write("\(problem)") }
            return settings
        } catch {
            StandardError.write(error.description)
            StandardError.write("The configuration has errors: nothing was reloaded.")
            throw ExitCode(.no)
        }
    }

    private func tellOfPaths(_ settings: Settings) {
        guard let share = try? Executable.share(of: Executable.current()) else { return }
        let stack = settings.file.map { Files.parent($0) + "/nginx/nginx.conf" }
        let missing = NewPaths(
            settings: settings, snippet: share + "/nginx/snippets/hookledger-locations.conf",
            sites: Doctor.sitePlaces + (stack.map { [$0] } ?? [])
        ).missing()
        if missing.isEmpty { return }
        StandardError.write(
            "nginx does not know \(missing.joined(separator: ", ")) yet: write its site file with `hookledger nginx`, then "
                + "nginx -t && systemctl reload nginx")
    }
}
