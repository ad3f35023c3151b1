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
                requests: requests, windowMilliseconds: try number("RATE_LIMIT_WINDOW_MS") ?? 900_000)
        }
        if let rate = configuredRate(folder) { options.apiRate = rate }
        return options
    }

    /// The settings in the stack's own files, once they exist.
    private static func configuredRate(_ folder: StackFolder) -> RateLimit? {
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        guard Files.exists(folder.configuration),
            let api = try? Settings.load(path: folder.configuration, from: .system, kinds: ActionTable.kinds, now: now)
                .api, api.isRateLimitSet
        else { return nil }
        return RateLimit(
            requests: api.rateLimit, windowMilliseconds: Int(api.rateWindow / Duration.milliseconds(1)))
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
