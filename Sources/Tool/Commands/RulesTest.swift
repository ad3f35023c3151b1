import Actions
import ArgumentParser
import JSON
import Platform
import Postgres
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// `hookledger rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Test the rules of the configuration.", subcommands: [RulesTest.self])
}

/// `hookledger rules test`
struct RulesTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Show which jobs the rules create for an event, and why. Changes nothing.",
        discussion: """
            For a stored event it also evaluates the rules on the record as it is now, as is done \
            just before an action, and shows what actions about shipments would send.

            Shopify, WooCommerce and GitHub name the event type in a header; pass it with the file:

              hookledger rules test --source shopify --file order.json \\
                --header 'X-Shopify-Topic: orders/create'
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "The id of a stored event.")
    var event: Int64?

    @Option(help: "A file with the raw body of a delivery.")
    var file: String?

    @OptionGroup var headers: HeaderArguments

    @Option(help: "The source of the file (default: the only one).")
    var source: String?

    @Option(help: "The file's contract (default: the source's first that can read it).")
    var provider: String?

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if (event == nil) == (file == nil) { throw ValidationError("give one: --event ID or --file PATH") }
        if file == nil && !headers.headers.isEmpty {
            throw ValidationError("--header is for --file only: a stored event has its own")
        }
        do throws(UsageError) {
            _ = try headers.fields()
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let report: RulesReport
            if let event {
                report = try stored(event, settings)
            } else {
                report = try fromFile(settings)
            }
            Console.say(json ? report.json.text : report.text)
        }
    }

    private func stored(_ id: Int64, _ settings: Settings) throws -> RulesReport {
        guard let sample = try StoredSample.load(id, on: database.connect(settings)) else {
            throw NotFound("there is no event \(id)")
        }
        guard let provider = ProviderRegistry.named(sample.provider) else {
            throw ValidationError("the event's provider \(sample.provider) is unknown to this program")
        }
        let event = try read(sample.delivery, by: provider)
        return RulesReport(
            event, sample.delivery, source: sample.source, origin: sample.origin, settings: settings, stored: sample)
    }

    private func fromFile(_ settings: Settings) throws -> RulesReport {
        guard let chosen = source.map(settings.source(named:)) ?? settings.sources.first,
            source != nil || settings.sources.count == 1
        else {
            let names = settings.sources.map(\.name).joined(separator: ", ")
            throw ValidationError("choose the file's source with --source: \(names)")
        }
        let names = provider.map { [$0] } ?? chosen.providers
        let providers = names.compactMap(ProviderRegistry.named)
        guard !providers.isEmpty else { throw ValidationError("there is no provider \(names)") }
        let delivery = Delivery(
            requestID: "test", receivedAt: SystemClock.now,
            path: chosen.paths.first ?? "/", headers: try headers.fields(),
            body: try Files.read(file ?? ""))
        // A contract that finds a record in the body fits better than one that only finds a type.
        let events = try providers.map { try read(delivery, by: $0) }
        let best =
            events.first { $0.record != .none } ?? events.first { $0.type != Event.unrecognized } ?? events.first
        guard let best else { throw ValidationError("no provider can read the file") }
        if best.type == Event.unrecognized, let hint = providers.lazy.compactMap({ Self.hint($0, delivery) }).first {
            StandardError.write(hint)
        }
        return RulesReport(best, delivery, source: chosen.name, settings: settings, stored: nil)
    }

    /// The hint for an event without the header that names its type.
    private static func hint(_ provider: any Provider, _ delivery: Delivery) -> String? {
        guard let example = provider.typeHeader, let name = example.split(separator: ":").first,
            delivery.headers[name.lowercased()] == nil
        else { return nil }
        return "Hint: \(provider.name) names the event type in the header \(name), which a file lacks: "
            + "add it, such as --header '\(example)'"
    }

    /// The signature was checked when the event came, and a file has none.
    private func read(_ delivery: Delivery, by provider: any Provider) throws(Refusal) -> Event {
        let verified = try provider.scheme.verify(
            delivery, keyring: Keyring(secrets: []), policy: .none, now: delivery.receivedAt)
        return try normalize(verified, by: provider).event
    }
}

/// The result of the rules for one event.
struct RulesReport {
    private let event: Event
    private let plan: RulePlan
    private let now: [String: Truth]
    /// What jobs would send, by action, as far as the action can say.
    private let previews: [String: String]

    /// - Parameter stored: the event with its order as it stands now; nil for a file, whose signature is unchecked.
    init(
        _ event: Event, _ delivery: Delivery, source: String, origin: String = "delivery", settings: Settings,
        stored: StoredSample?
    ) {
        self.event = event
        plan = RulePlan(
            event, source: source, origin: origin, settings: settings, trust: stored?.trust ?? .verified)
        now =
            stored.map { sample in
                Dictionary(
                    settings.rules.map { ($0.name, $0.evaluate(sample.subject(of: $0, event))) },
                    uniquingKeysWith: { first, _ in first })
            } ?? [:]
        previews = JobPreview(event, delivery, source: source, stored: stored).texts(
            plan.jobs.map(\.action), settings)
    }

    var text: String {
        var lines = ["\(event.provider) \(event.providerType): \(event.type)" + (event.subject.map { " \($0)" } ?? "")]
        for verdict in plan.verdicts {
            lines.append("  \(verdict.makesJobs ? "+" : "-") \(verdict)\(actions(verdict))\(present(verdict))")
        }
        lines += previews.sorted { $0.key < $1.key }.map { "  \($0.key) would send: \($0.value)" }
        if plan.verdicts.isEmpty { lines.append("  the configuration has no rules") }
        lines.append(plan.jobs.count == 1 ? "1 job" : "\(plan.jobs.count) jobs")
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "type": .string(event.type), "provider": .string(event.provider),
            "subject": event.subject.map(JSONValue.string) ?? .null,
            "rules": .array(
                plan.verdicts.map { verdict in
                    [
                        "rule": .string(verdict.rule), "makes_jobs": .bool(verdict.makesJobs),
                        "why": .string(verdict.description),
                        "now": now[verdict.rule].map { .string($0.reason?.description ?? "holds") } ?? .null,
                    ]
                }),
            "jobs": .array(
                plan.jobs.map { job in
                    [
                        "rule": .string(job.rule), "action": .string(job.action), "kind": .string(job.kind.name),
                        "would_send": previews[job.action].map(JSONValue.string) ?? .null,
                    ]
                }),
        ]
    }

    private func actions(_ verdict: RulePlan.Verdict) -> String {
        let actions = plan.jobs.filter { $0.rule == verdict.rule }.map(\.action)
        return actions.isEmpty ? "" : " → \(actions.joined(separator: ", "))"
    }

    private func present(_ verdict: RulePlan.Verdict) -> String {
        guard verdict.makesJobs, let truth = now[verdict.rule] else { return "" }
        return truth.reason.map { "; now it would be skipped: \($0)" } ?? "; still so"
    }
}
