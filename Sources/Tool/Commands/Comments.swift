import Actions
import ArgumentParser
import JSON
import Postgres
import Settings

/// `hookledger comments`
struct Comments: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide on comments that the rules left for review.",
        subcommands: [CommentsList.self, CommentsAllow.self, CommentsDelete.self])
}

/// `hookledger comments list`
struct CommentsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the comments that wait for a decision, oldest first.")

    @OptionGroup var database: OperatorArguments

    @Option(help: "Only from this source.")
    var source: String?

    @Option(help: "At most this many.")
    var limit = 100

    @OptionGroup var layout: TableArguments

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("comment_id", "comment"), .init("source"), .init("video_id", "video"), .init("username", "author"),
        .init("waiting_since", "waits since"), .init("text"),
    ])

    func run() throws {
        try reportingErrors {
            var rows: [JSONObject] = []
            for row in try database.connect().query(
                CommandsSQL.commentsToReview, [.text(source), .bigint(Int64(limit))])
            {
                if let row = try JSONValue(parsing: Array(row.text(0).utf8)).object { rows.append(row) }
            }
            if rows.isEmpty { try database.tellUnknown(.source(source)) }
            Console.show(rows, Self.table, layout.shape, asJSON: json, whenEmpty: "No comments wait for a decision.")
        }
    }
}

/// `hookledger comments allow`
struct CommentsAllow: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "allow", abstract: "Let comments stand.",
        discussion: "A comment whose deletion was ordered can no longer be allowed. " + CommentChoice.exitCodes)

    @OptionGroup var choice: CommentChoice

    var database: OperatorArguments { choice.database }
    var cellScope: CellScope { choice.cellScope }

    func run() throws { try reportingErrors { try choice.decide(.allow, action: { _ in nil }) } }
}

/// `hookledger comments delete`
struct CommentsDelete: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Have comments deleted by the next run of the batch processor.",
        discussion: "The deletion is a job: `hookledger jobs` shows it. " + CommentChoice.exitCodes)

    @OptionGroup var choice: CommentChoice

    @Option(help: "The action of the kind moderate_comment that deletes; may be left out when there is only one.")
    var action: String?

    var database: OperatorArguments { choice.database }
    var cellScope: CellScope { choice.cellScope }

    func run() throws { try reportingErrors { try choice.decide(.delete, action: deleter) } }

    private func deleter(_ settings: Settings) throws -> ActionSettings {
        let all = CommentModeration.deleters(in: settings, named: action)
        if let only = all.first, all.count == 1 { return only }
        throw ValidationError(
            all.isEmpty
                ? "the configuration has no action \(action.map { "\($0) " } ?? "")of kind \(CommentModeration.kind.name)"
                : "name one with --action: \(all.map(\.name).joined(separator: ", "))")
    }
}

/// The comments of a decision, and its reason.
struct CommentChoice: ParsableArguments {
    static let exitCodes = "Exit codes: 0 all decided; 1 at least one could not be; 64 wrong usage."

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The comments' ids, as in the provider's data.")
    var ids: [String]

    @Option(help: "Their source; needed only when several sources have a comment with that id.")
    var source: String?

    @Option(help: "Why, for the operator log.")
    var reason: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    /// A provider's ids do not show the cell.
    var cellScope: CellScope {
        source.map { .source($0) } ?? .refused("with several cells the comments' source is needed: --source")
    }

    /// Decides on each of them, and reports the result.
    func decide(_ decision: CommentModeration.Decision, action: (Settings) throws -> ActionSettings?) throws {
        let settings = try database.settings()
        let action = try action(settings)
        let person = Actor.name
        let connection = try database.connect(settings)
        var allDecided = true
        for id in ids {
            guard let source = try source(of: id, connection) else {
                say(id, .absent, decision)
                allDecided = false
                continue
            }
            let kept = try CommentModeration.decide(
                decision, reason: reason, by: person, source: source, comment: id, action: action, on: connection)
            say(id, kept, decision)
            allDecided = allDecided && kept == .kept
        }
        if !allDecided { throw ExitCode.failure }
    }

    private func say(_ id: String, _ kept: CommentModeration.Keeping, _ decision: CommentModeration.Decision) {
        let (word, sentence) =
            switch kept {
            case .kept where decision == .allow: ("allowed", "allowed")
            case .kept: ("deletion_ordered", "will be deleted")
            case .decidedBefore: ("decided_before", "its deletion is already ordered")
            case .absent: ("absent", "no such comment")
            }
        let shown: JSONValue = ["comment_id": .string(id), "outcome": .string(word)]
        Console.say(json ? shown.text : "\(id): \(sentence)")
    }

    private func source(of id: String, _ connection: Connection) throws -> String? {
        let rows = try connection.query(
            CommandsSQL.sourcesOfComment,
            [.text(id), .text(source)])
        let sources = try rows.map { try $0.text(0) }
        guard sources.count > 1 else { return sources.first }
        throw ValidationError(
            "several sources have a comment \(id); choose one with --source: \(sources.joined(separator: ", "))")
    }
}
