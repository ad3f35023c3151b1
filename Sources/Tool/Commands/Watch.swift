import ArgumentParser
import JSON
import Outbound
import Platform
import Settings
import Webhooks

/// `hookledger watch`
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Notify people that the batch processor or the responder does not run.",
        discussion: """
            Alerts are jobs of the batch processor, so it cannot report that it does not run itself. This command looks once \
            at the configuration, at the programs' last reports in the database and at /ready, and sends what is wrong the \
            way of last_resort: in the configuration, which is read even if the rest of the file is wrong. \
            hookledger-watch.timer starts it every minute as the user of the batch processor. People are notified \
            once a problem has lasted for last_resort.after, again after last_resort.again, and when it is over; if the \
            file of --state cannot be written, at every look.

            Exit codes: 0 done, 70 the message could not be sent, 78 last_resort is missing or wrong.
            """)

    @Option(help: "The configuration file (default: $HOOKLEDGER_CONFIG, /etc/hookledger/hookledger.yaml).")
    var config: String?

    @Option(
        help:
            "The file that keeps what was sent (default: state.json in $STATE_DIRECTORY or /var/lib/hookledger-watch).")
    var state: String?

    @Option(help: "Look at nothing, and notify people at once that this systemd unit failed (OnFailure=).")
    var failed: String?

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let (found, mistakes) = LastResort.load(path: config, for: .batch, from: .system)
            for mistake in mistakes { StandardError.write("\(mistake)") }
            guard let found else {
                StandardError.write("last_resort: is not usable, so nobody can be notified")
                throw ExitCode(.configuration)
            }
            if let failed {
                return try send(["The unit \(failed) failed (journalctl -u \(failed))."], through: found)
            }
            var memory = Self.memory(file)
            let report = WatchLook(config: config, url: found.url).report()
            let problems = report.problems
            if !json { for problem in problems { StandardError.write(problem.text) } }
            let before = memory
            let lines = memory.look(
                problems, unseen: report.unseen, at: SystemClock.now, after: found.after, again: found.again)
            if !lines.isEmpty { try send(lines, through: found) }
            // Only after the message was sent: otherwise the next look sends it.
            if memory != before { try keep(memory, unsent: problems.map(\.text).filter { !lines.contains($0) }, found) }
            let object: JSONValue = [
                "problems": .array(problems.map { .string($0.text) }), "sent": .array(lines.map { .string($0) }),
            ]
            if json { Console.say(object.text) }
        }
    }

    /// Writes what was seen and sent. Where that fails, as on a full disk, no problem would ever last long enough: all that
    /// is wrong is sent, with every look.
    private func keep(_ memory: WatchMemory, unsent: [String], _ found: LastResort) throws {
        do throws(FileError) {
            try Files.write(file, text: memory.json.text + "\n")
        } catch {
            let reason = "What was sent cannot be kept, so it is sent every time: \(error)"
            try send(unsent + [reason], through: found)
            throw error
        }
    }

    private func send(_ lines: [String], through found: LastResort) throws {
        let host = (try? Files.readText("/proc/sys/kernel/hostname"))?.split(whereSeparator: \.isWhitespace).first
        try LastResortSender(way: found.way, host: host.map(String.init) ?? "this host")
            .send(lines.joined(separator: "\n"))
    }

    private var file: String {
        if let state { return state }
        let folder = Environment.value(of: "STATE_DIRECTORY").flatMap { $0.isEmpty ? nil : $0 }
        return (folder ?? "/var/lib/hookledger-watch") + "/state.json"
    }

    /// A file that is missing or damaged is no memory.
    private static func memory(_ file: String) -> WatchMemory {
        guard let text = try? Files.readText(file), let json = try? JSONValue(parsing: Array(text.utf8)) else {
            return WatchMemory()
        }
        return WatchMemory(json)
    }
}
