import ArgumentParser
import JSON

/// `hookledger status`
struct Status: CellCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the state of the receiver on one screen.",
        discussion: """
            Deliveries, silent sources, queue, dead letters, batch processor, stored tokens, partitions, disk, versions and the \
            revision of the configuration. It only looks; `hookledger doctor` checks and gives advice.
            """)

    @OptionGroup var database: OperatorArguments

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object, with a row for each source and each program.")
    var json = false

    var cellScope: CellScope { .eachCell }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let report = try StatusReport(settings, on: database.connect(settings))
            Console.say(json ? JSONValue.object(report.values).text : report.text(times.shape))
        }
    }
}
