import Actions
import ArgumentParser
import JSON
import Postgres
import Settings

/// `hookledger comments`
struct Comments: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide about comments that the rules left to a person.",
        subcommands: [CommentsList.self, CommentsAllow.self, CommentsDelete.self])
}

/// `hookledger comments list`
struct CommentsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the comments that wait for a decision, oldest first.")

    @OptionGroup var database: OperatorArguments

    @Option(help: "Only of this source.")
    var source: String?

    @Option(help: "So many at most.")
    var limit = 100

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
            Console.show(rows, Self.table, asJSON: json, whenEmpty: "No comment waits for a decision.")
        }
    }
}

/// `hookledger comments allow`
struct CommentsAllow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allow", abstract: "Let comments stand.",
        discussion: "A comment whose deletion was ordered can not be allowed any more. " + CommentChoice.exitCodes)

    @OptionGroup var choice: CommentChoice

    func run() throws { try reportingErrors { try choice.decide(.allow, action: { _ in nil }) } }
}

/// `hookledger comments delete`
struct CommentsDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Have comments deleted by the next run of the batch processor.",
        discussion: "The deletion is a job: `hookledger jobs` shows it. " + CommentChoice.exitCodes)

    @OptionGroup var choice: CommentChoice

    @Option(help: "The action of the kind moderate_comment that deletes; need not be named when there is one only.")
    var action: String?

    func run() throws { try reportingErrors { try choice.decide(.delete, action: deleter) } }

    private func deleter(_ settings: Settings) throws -> ActionSettings {
        let all = settings.actions.filter { $0.kind == "moderate_comment" && (action == nil || $0.name == action) }
        if let only = all.first, all.count == 1 { return only }
        throw ValidationError(
            all.isEmpty
                ? "the configuration has no action \(action.map { "\($0) " } ?? "")of the kind moderate_comment"
                : "name one with --action: \(all.map(\.name).joined(separator: ", "))")
    }
}

/// Which comments a person decides about, and why.
struct CommentChoice: ParsableArguments {
    static let exitCodes = "Exit codes: 0 all decided; 1 one of them could not be; 64 wrong usage."

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The comments' ids as the sender names them.")
    var ids: [String]

    @Option(help: "The source that they are of; needed only when several have a comment of that id.")
    var source: String?

    @Option(help: "Why, for the log of what people did.")
    var reason: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    /// Decides about each of them, and says what became of it.
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
            case .decidedBefore: ("decided_before", "its deletion was ordered before")
            case .absent: ("absent", "there is no such comment")
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
        throw ValidationError("several sources have a comment \(id), say --source: \(sources.joined(separator: ", "))")
    }
}
