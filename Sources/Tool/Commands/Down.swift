import ArgumentParser
import JSON
import LocalStack

/// `hookledger down`
struct Down: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop the private stack of a folder, and only that. Its data stays.")

    @OptionGroup var folder: FolderArgument

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        try reportingErrors {
            let stopped = try LocalStack.stop(in: try folder.resolved())
            if json { return Console.say((["stopped": .bool(stopped)] as JSONValue).text) }
            Console.say(stopped ? "Down." : "Nothing was running.")
        }
    }
}
