import ArgumentParser
import JSON
import Platform
import Postgres

/// `hookledger report`
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Count the events about comments by type and by what was done, and export them.",
        discussion: """
            The analysis of the comment moderation guide, over the view comment_log. What was done about a new comment \
            is what is decided by now: allow, review, delete, or pending.

            --export writes one JSON object a line (timestamp, event_type, comment_id, video_id, action), oldest \
            first. The file appears when it is whole.
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "Only events of this source.")
    var source: String?

    @Option(help: ArgumentHelp("Only events received from then on: \(Moment.forms).", valueName: "time"))
    var since: Moment?

    @Option(help: ArgumentHelp("Only events received before then.", valueName: "time"))
    var until: Moment?

    @Flag(help: "One JSON object.")
    var json = false

    @Option(help: "Write the events to this file.")
    var export: String?

    func run() throws {
        try reportingErrors {
            let connection = try database.connect()
            connection.queryDeadline = .seconds(3600)
            let log = CommentLog(connection, source: source, since: since?.timestamp, until: until?.timestamp)
            try log.begin()
            let totals = try log.totals()
            Console.say(json ? totals.json.text : totals.text)
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
