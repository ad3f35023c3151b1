import Actions
import ArgumentParser
import LocalStack
import Platform
import Settings
import Webhooks

/// The stack of `up` and `down`.
struct FolderArgument: ParsableArguments {
    @Option(help: "The folder that holds the stack's data, configuration and logs.")
    var folder = ".run"

    func resolved() throws -> StackFolder { StackFolder(try absolutePath(folder)) }
}

/// Settings of the stack that come from the environment, under the names that the guides use.
enum StackVariables {
    /// The options of a stack that runs the programs beside this one.
    static func options(_ folder: StackFolder) throws -> StackOptions {
        let tool = try Executable.current()
        var options = StackOptions(
            folder: folder.path, programs: .beside(tool), share: try Executable.share(of: tool))
        options.httpsPort = try port("HOOKLEDGER_HTTPS_PORT") ?? options.httpsPort
        options.httpPort = try port("HOOKLEDGER_HTTP_PORT") ?? options.httpPort
        if let requests = try number("RATE_LIMIT_MAX_REQUESTS") {
            options.apiRate = RateLimit(
                requests: requests, window: .milliseconds(try number("RATE_LIMIT_WINDOW_MS") ?? 900_000))
        }
        // What the stack's own files say, once they are there.
        if let api = StackConfiguration.api(in: folder), api.isRateLimitSet {
            options.apiRate = RateLimit(requests: api.rateLimit, window: api.rateWindow)
        }
        return options
    }

    private static func port(_ name: String) throws -> Int? {
        guard let port = try number(name) else { return nil }
        guard (0...65_535).contains(port) else { throw ValidationError("\(name)=\(port) is not a port") }
        return port
    }

    private static func number(_ name: String) throws -> Int? {
        guard let text = Environment.value(of: name), !text.isEmpty else { return nil }
        guard let number = Int(text), number >= 0 else { throw ValidationError("\(name)=\(text) is not a number") }
        return number
    }
}
