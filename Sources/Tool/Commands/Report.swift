import ArgumentParser
import JSON
import Platform
import Postgres

/// `hookledger report`
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count comment events by type and by action, and export them.",
        discussion: """
            The analysis of the comment moderation guide, over the view comment_log. The action on a new comment \
            is the decision so far: allow, review, delete, or pending.

            --export writes one JSON object a line (timestamp, event_type, comment_id, video_id, action), oldest \
            first. The file appears once it is complete.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "Only events from this source.")
    var source: String?

    @Option(help: ArgumentHelp("Only events received at or after this time: \(Moment.forms).", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only events received before this time.", valueName: "time"))
    var until: Moment?

    @OptionGroup var times: TimeArguments

    @Flag(help: "One JSON object.")
    var json = false

    @Option(help: "Write the events to this file.")
    var export: String?

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            connection.queryDeadline = .seconds(3600)
            try connection.execute(ReportsSQL.plans)
            let log = CommentLog(connection, source: source, since: since?.timestamp, until: until?.timestamp)
            try log.begin()
            let totals = try log.totals()
            Console.say(json ? totals.json.text : totals.text(times.shape))
            guard let export else { return }
            let file = try AtomicFile(export)
            var count = 0
            try log.lines { lines in
                count += lines.count
                try file.append(Array((lines.joined(separator: "\n") + "\n").utf8))
            }
            try file.commit()
            if !json { Console.say("\n\(count) events written to \(export)") }
        }
    }
}
