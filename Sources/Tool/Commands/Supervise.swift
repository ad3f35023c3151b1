import ArgumentParser
import LocalStack

/// `hookledger supervise`: the process that `up` leaves in the background.
struct Supervise: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a private stack until SIGTERM.", shouldDisplay: false)

    @Option var folder: String
    @Option var share: String
    @Option var responder: String
    @Option var batch: String?
    @Option var httpsPort: Int
    @Option var httpPort: Int
    @Option var apiRequests: Int
    @Option var apiWindow: Int
    @Option var batchInterval: Int
    @Flag var production = false
    @Option(help: "End with this process.")
    var parent: Int32?

    func run() throws {
        try reportingErrors {
            let programs = StackPrograms(tool: try Executable.current(), responder: responder, batch: batch)
            var options = StackOptions(folder: folder, programs: programs, share: share)
            options.httpsPort = httpsPort
            options.httpPort = httpPort
            options.isProduction = production
            options.apiRate = RateLimit(requests: apiRequests, window: .milliseconds(apiWindow))
            options.batchInterval = batchInterval
            try Supervisor.run(options, parent: parent)
        }
    }
}
