import Actions
import ArgumentParser
import JSON
import Ledger
import Platform
import Settings
import Transport

/// `hookledger webhooks diff`
struct WebhooksDiff: CellCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare the webhooks that a source expects with those registered at its provider; change nothing.",
        discussion: """
            The sources are those with webhooks: in the configuration; the credentials are those of the actions that their \
            through names. The batch processor does the same regularly, and registers or enables what is off: the views \
            webhook_watch and webhook_history have what it found.

            Exit codes: 0 no difference; 1 differences; 69 no answer; 70 refused; 78 configuration error.
            """)

    @OptionGroup var database: OperatorArguments

    @Argument(help: "The source (default: all with webhooks:).")
    var source: String?

    @Flag(help: "Also show the webhooks that are as expected.")
    var all = false

    @Flag(help: "One JSON object a line.")
    var json = false

    private static let table = TextTable([
        .init("source"), .init("api"), .init("topic"), .init("state"), .init("detail"),
    ])

    var cellScope: CellScope { .sourceOrEach(source) }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            if let source { _ = try database.source(source) }
            let tasks = SubscriptionWatch.Task.all(settings, of: source)
            guard !tasks.isEmpty else {
                throw UsageError(
                    "\(source.map { "the source \($0)" } ?? "no source") has \(source == nil ? "" : "no ")webhooks: in the "
                        + "configuration")
            }
            let client = try HTTPClient(
                HTTPClient.Configuration(addressGuard: AddressGuard(allowing: settings.addressGuard.allowPrivateHosts)))
            var rows: [JSONObject] = []
            var (differ, worst): (Bool, ProgramExit?) = (false, nil)
            let (shops, isWhole) = try shops(of: tasks, settings)
            if !isWhole { worst = .failed }
            let history = try? database.connect(settings)
            for task in shops {
                let world = Reconciler.World.system(
                    task.source, settings: settings, send: client.reply(to:),
                    pause: { SystemClock.sleep(milliseconds: Int($0)) })
                switch SubscriptionWatch(task, world: world).preview(on: history) {
                case .done(let findings, _):
                    if findings.contains(where: \.isDifferent) { differ = true }
                    rows += findings.filter { all || $0.isDifferent }.map { Self.row($0, task) }
                case .failed(let state, let reason):
                    StandardError.write("Error: \(task.source.name) through \(task.api): \(reason)")
                    worst = state == "unavailable" && worst != .failed ? .unavailable : .failed
                case .notTaken: break
                }
            }
            if !rows.isEmpty || worst == nil {
                Console.show(rows, Self.table, asJSON: json, whenEmpty: "Every expected webhook is on.")
            }
            if let worst { throw ExitCode(worst) }
            if differ { throw ExitCode.failure }
        }
    }

    /// The tasks, one for each shop where tokens are stored.
    /// - Returns: also whether each token is there.
    private func shops(
        of tasks: [SubscriptionWatch.Task], _ settings: Settings
    ) throws -> ([SubscriptionWatch.Task], isWhole: Bool) {
        guard tasks.contains(where: \.needsStoredToken) else { return (tasks, true) }
        let connection = try database.connect(settings)
        var shops: [SubscriptionWatch.Task] = []
        var isWhole = true
        for task in tasks {
            let (found, absent) = try task.withTokens(settings, isNoted: false, on: connection)
            for one in absent {
                StandardError.write("Error: \(task.source.name), \(one.owner): \(one.reason)")
            }
            if found.isEmpty || !absent.isEmpty { isWhole = false }
            shops += found
        }
        return (shops, isWhole)
    }

    private static func row(_ finding: SubscriptionWatch.Finding, _ task: SubscriptionWatch.Task) -> JSONObject {
        var row = JSONObject()
        row["source"] = .string(task.source.name)
        row["api"] = .string(task.api)
        row["topic"] = .string(finding.topic)
        row["state"] = .string(finding.state.rawValue)
        row["detail"] = finding.detail.map(JSONValue.string) ?? .null
        return row
    }
}
