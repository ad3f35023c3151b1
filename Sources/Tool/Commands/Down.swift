import ArgumentParser
import LocalStack

/// `hookledger down`
struct Down: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop the private stack of a folder, and only that. Its data stays.")

    @OptionGroup var folder: FolderArgument

    func run() throws {
        try reportingErrors {
            let stopped = try LocalStack.stop(in: try folder.resolved())
            Console.say(stopped ? "Down." : "Nothing was running.")
        }
    }
}
