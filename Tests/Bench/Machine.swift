import LocalStack
import Platform
import Postgres

/// Where and with what was measured.
struct Machine {
    private var lines: [String]

    init(_ options: BenchOptions, stand: Stand) throws {
        func first(_ command: [String]) -> String {
            let output = try? ChildProcess.run(ChildCommand(command))
            return (output.map { $0.text.isEmpty ? $0.errorText : $0.text } ?? "").split(separator: "\n").first.map(
                String.init)
                ?? "?"
        }
        let processors = try Files.readText("/proc/cpuinfo").split(separator: "\n").filter {
            $0.hasPrefix("model name")
        }
        let model = processors.first?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "?"
        let memory =
            try Files.readText("/proc/meminfo").split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let version =
            (try? Files.readText("/etc/os-release"))?.split(separator: "\n")
            .first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst(13).dropLast() ?? "?"
        lines = [
            "\(processors.count) × \(model), \(memory >> 20) GB, \(version), Linux \(first(["uname", "-r"]))",
            [
                try stand.connect("postgres").query("select 'Postgres ' || current_setting('server_version')").only()
                    .text(0),
                first([try Stand.find("nginx"), "-v"]), first(["swift", "--version"]),
                "Node.js " + first(["node", "--version"]),
                first(["php", "--version"]), first(["wrk", "-v"]),
                "pgqueuer " + first([options.python, "-c", "import pgqueuer; print(pgqueuer.__version__)"]),
            ].joined(separator: "; "),
            "Postgres: "
                + Stand.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
            "\(options.rounds) rounds of \(options.seconds) s each, \(options.clients) connections; "
                + "load of the machine before: \(Self.load)",
        ]
    }

    /// Notes the load at the end.
    mutating func finish() { lines[lines.count - 1] += ", after: \(Self.load)" }

    var text: String { lines.map { "- \($0)" }.joined(separator: "\n") }

    private static var load: String {
        let text = (try? Files.readText("/proc/loadavg")) ?? ""
        return text.split(separator: " ").prefix(3).joined(separator: " ")
    }
}
