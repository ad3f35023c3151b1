import Crypto
import JSON
public import Ledger
import Outbound
public import Postgres
public import Settings
import Verification
import Webhooks

/// Watches the webhooks of one source at one provider: compares what is registered with what is expected, and registers or
/// enables what is off (docs/webhooks.md).
///
/// Its clock and its requests are those of ``Reconciler/World``.
public struct SubscriptionWatch {
    /// What is watched, and how.
    public struct Task: ShopTask {
        /// The source.
        public let source: SourceSettings
        /// Its `webhooks:`.
        public let webhooks: WebhookSettings
        /// The action whose API is asked.
        public var action: ActionSettings
        /// The stored token of a shop or of the action; nil for one that the action names.
        public var token: StoredToken?

        /// The API; nil if a setting is missing that it needs, or if it does not say what is registered.
        var subscriptions: (any SubscriptionAPI)? {
            (ListingAPIs.api(action) ?? OrderAPIs.api(action, token: token, app: source.app)) as? any SubscriptionAPI
        }

        /// Every task of a configuration.
        /// - Parameter name: only of this source; nil for all.
        public static func all(_ settings: Settings, of name: String? = nil) -> [Task] {
            settings.sources.filter { name == nil || $0.name == name }.flatMap { source in
                (source.webhooks?.through ?? []).compactMap { through in
                    guard let webhooks = source.webhooks, let action = settings.action(named: through) else {
                        return nil
                    }
                    return Task(source: source, webhooks: webhooks, action: action)
                }
            }
        }
    }

    /// What one expected webhook was found to be.
    public struct Finding: Sendable, Hashable {
        /// The topic, as the configuration names it.
        public let topic: String
        /// Its state.
        public let state: WebhookState
        /// The same in words, if more is known.
        public let detail: String?
        /// The provider's id of the webhook.
        public let webhookID: String?
        /// Whether the configuration says that a person has switched it off.
        public let isPaused: Bool

        /// Whether it differs from what is expected.
        public var isDifferent: Bool { state != .on && !isPaused }
    }

    /// A repair that was tried.
    public struct Repaired: Sendable, Hashable {
        /// The topic.
        public let topic: String
        /// What was done.
        public let repair: WebhookBooks.Repair
        /// Why it failed; nil if it did not.
        public let trouble: String?
    }

    /// The result of a look.
    public enum Result: Sendable {
        /// It is not due, or another run looks.
        case notTaken
        /// The provider answered.
        case done([Finding], [Repaired])
        /// It did not, or refused: the kind of fault, and the reason.
        case failed(state: String, reason: String)
    }

    /// The most repairs of a topic within 24 hours.
    static let mostRepairs = 2
    /// The most pages of a list.
    private static let mostPages = 40

    let task: Task
    let world: Reconciler.World

    /// - Parameter world: its `send` waits for the end of a request.
    public init(_ task: Task, world: Reconciler.World) {
        self.task = task
        self.world = world
    }

    /// Looks, and changes nothing anywhere.
    /// - Parameter connection: to the history; without one, what a provider leaves open counts as a person's decision.
    public func preview(on connection: Connection? = nil) -> Result {
        do throws(Stop) {
            let look = try compared(try registered(), deleted: try deleted(connection), ids: [:], connection)
            return .done(look.findings.map(finding), [])
        } catch {
            switch error {
            case .fault(let fault): return .failed(state: fault.state, reason: fault.reason)
            case .database(let error): return .failed(state: "unavailable", reason: error.description)
            }
        }
    }

    private func deleted(_ connection: Connection?) throws(Stop) -> Set<String> {
        guard let connection else { return [] }
        do throws(PostgresError) {
            return try WebhookBooks.deleted(at: task.action.text("provider") ?? "", on: connection)
        } catch {
            throw .database(error)
        }
    }

    private enum Stop: Error {
        case fault(ListingFault)
        case database(PostgresError)
    }

    /// Looks if that is due, writes what was found, and repairs what may be repaired.
    /// - Parameter connection: of the batch processor's role.
    /// - Throws: ``PostgresError``; the lease ends by itself.
    public func run(on connection: Connection) throws(PostgresError) -> Result {
        let (source, api) = (task.source.name, task.api)
        guard
            let books = try WebhookBooks.take(
                source: source, api: api, holder: world.holder, every: task.webhooks.every.wholeSeconds,
                now: world.now(), on: connection)
        else { return .notTaken }
        let known = try books.known(now: world.now(), on: connection)
        let deleted = try WebhookBooks.deleted(at: task.action.text("provider") ?? "", on: connection)
        let look: Look
        do throws(Stop) {
            look = try compared(
                try registered(), deleted: deleted, ids: known.compactMapValues(\.webhookID), connection)
        } catch {
            switch error {
            case .fault(let fault): return try fail(fault, books, connection)
            case .database(let error): throw error
            }
        }
        let repairable = look.findings.filter {
            task.webhooks.repairs && !isPaused($0.topic) && known[$0.topic]?.repairs ?? 0 < Self.mostRepairs
        }
        let missing = repairable.filter { $0.state == .missing }.map { type(of: look.api).canonical($0.topic) }
        let plans = look.findings.map { finding in
            repairable.contains { $0.topic == finding.topic } ? plan(finding, look, missing: missing) : nil
        }
        let entries = zip(look.findings, plans).map { finding, plan in entry(finding, isRepaired: plan != nil) }
        guard try books.keep(entries, now: world.now(), on: connection) else { return .notTaken }
        var repaired: [Repaired] = []
        var sent: [HTTPRequest: String?] = [:]
        for case .some(let plan) in plans where !world.shouldStop() {
            guard let one = try repair(plan, &sent, books, connection) else { return .notTaken }
            repaired.append(one)
        }
        // After a repair the provider is asked soon whether it worked.
        let wait = repaired.isEmpty ? task.webhooks.every.wholeSeconds : min(60, task.webhooks.every.wholeSeconds)
        try books.finish(due: world.now().advanced(bySeconds: wait), now: world.now(), on: connection)
        return .done(look.findings.map(finding), repaired)
    }

    private struct Look {
        let api: any SubscriptionAPI
        let registered: [Subscription]
        let findings: [SubscriptionComparison.Finding]
    }

    private struct Plan {
        let topic: String
        let kind: WebhookBooks.Repair
        let repair: SubscriptionRepair
        let request: HTTPRequest
        let api: any SubscriptionAPI

        /// Checks that an answer is about the webhook that was asked for.
        func confirm(_ answer: JSONValue) throws(ListingFault) {
            guard let changed = try api.changed(in: answer) else { return }
            try repair.confirm(changed, hasSeveralTopics: type(of: api).hasSeveralTopics)
        }
    }

    /// All that is registered.
    private func registered() throws(Stop) -> (api: any SubscriptionAPI, list: [Subscription]) {
        do throws(ListingFault) { return try pages() } catch { throw .fault(error) }
    }

    private func pages() throws(ListingFault) -> (api: any SubscriptionAPI, list: [Subscription]) {
        guard let api = task.subscriptions else {
            throw .unauthorized("a setting of the action \(task.action.name) is missing")
        }
        var registered: [Subscription] = []
        var cursor: String?
        for _ in 0..<Self.mostPages {
            let page = try world.asking { () throws(ListingFault) in
                let reply = world.send(api.subscriptions(cursor, now: world.now(), timeout: task.action.timeout))
                return try api.subscriptions(in: try api.json(reply, now: world.now()), cursor)
            }
            registered += page.subscriptions
            guard let next = page.next else { return (api, registered) }
            guard next != cursor else { throw .badAnswer("the page repeats") }
            cursor = next
        }
        throw .badAnswer("the list has more than \(Self.mostPages) pages")
    }

    private func compared(
        _ found: (api: any SubscriptionAPI, list: [Subscription]), deleted: Set<String>, ids: [String: String],
        _ connection: Connection?
    ) throws(Stop) -> Look {
        var failed: Set<String> = []
        if let connection, found.list.contains(where: { $0.status == .off && $0.address == task.webhooks.address }) {
            do throws(PostgresError) {
                failed = try WebhookBooks.failed(
                    source: task.source.name, api: task.api, now: world.now(), on: connection)
            } catch {
                throw .database(error)
            }
        }
        let comparison = SubscriptionComparison(
            settings: task.webhooks, hasOneAddress: type(of: found.api).hasOneAddress,
            canonical: type(of: found.api).canonical)
        return Look(
            api: found.api, registered: found.list,
            findings: comparison.findings(found.list, deleted: deleted, failed: failed, ids: ids))
    }

    /// The repair of a webhook; nil for none.
    private func plan(_ finding: SubscriptionComparison.Finding, _ look: Look, missing: [String]) -> Plan? {
        let kind: WebhookBooks.Repair
        switch finding.state {
        case .missing: kind = .register
        case .disabled: kind = .enable
        case .on, .paused, .elsewhere, .otherVersion: return nil
        }
        let now = world.now()
        let contract = task.action.text("provider").flatMap { task.source.contract(of: $0) } ?? task.source.contract
        let repair = SubscriptionRepair(
            kind: kind, topic: type(of: look.api).canonical(finding.topic), address: task.webhooks.address,
            missing: missing, found: finding.found, registered: look.registered,
            secret: contract.keyring.secrets.first { $0.isValid(at: now) && !$0.secret.isEmpty }?.secret)
        return look.api.repair(repair, now: now, timeout: task.action.timeout).map {
            Plan(topic: finding.topic, kind: kind, repair: repair, request: $0, api: look.api)
        }
    }

    /// - Parameter sent: the requests of this look, each with why it failed: the same one is not sent again.
    /// - Returns: nil if another run has the lease.
    private func repair(
        _ plan: Plan, _ sent: inout [HTTPRequest: String?], _ books: WebhookBooks, _ connection: Connection
    ) throws(PostgresError) -> Repaired? {
        let id = try books.announce(
            plan.kind, of: plan.topic, address: RegisteredWebhooks.withoutSecrets(task.webhooks.address),
            now: world.now(), on: connection)
        guard let id else { return nil }
        var trouble: String?
        if let earlier = sent[plan.request] {
            trouble = earlier
        } else {
            do throws(ListingFault) {
                try plan.confirm(try plan.api.json(world.send(plan.request), now: world.now()))
            } catch {
                trouble = error.reason
            }
            sent[plan.request] = .some(trouble)
        }
        try WebhookBooks.end(id, trouble: trouble, on: connection)
        return Repaired(topic: plan.topic, repair: plan.kind, trouble: trouble)
    }

    private func fail(
        _ fault: ListingFault, _ books: WebhookBooks, _ connection: Connection
    ) throws(PostgresError) -> Result {
        let every = task.webhooks.every.wholeSeconds
        var (wait, isUnauthorized) = (min(every, 30 << Int64(min(books.failures, 10))), false)
        switch fault {
        case .tokenRefused(let reason):
            (wait, isUnauthorized) = (every, true)
            try task.token?.refused(reason, on: connection)
        case .unauthorized: (wait, isUnauthorized) = (every, true)
        case .limited(let after, _): wait = max((after ?? 0) / 1000, wait)
        case .unavailable, .badAnswer: break
        }
        try books.fail(
            fault.reason, isUnauthorized: isUnauthorized, due: world.now().advanced(bySeconds: wait), on: connection)
        return .failed(state: fault.state, reason: fault.reason)
    }

    private func isPaused(_ topic: String) -> Bool { task.webhooks.paused.contains(topic) }

    private func finding(_ found: SubscriptionComparison.Finding) -> Finding {
        Finding(
            topic: found.topic, state: found.state, detail: found.detail, webhookID: found.found?.id,
            isPaused: isPaused(found.topic))
    }

    private func entry(_ found: SubscriptionComparison.Finding, isRepaired: Bool) -> WebhookBooks.Entry {
        let isPaused = found.state != .on && isPaused(found.topic)
        return WebhookBooks.Entry(
            topic: found.topic, isOfOrders: SubscriptionComparison.isOfOrders(found.topic),
            state: isPaused ? .paused : found.state, detail: isPaused ? "paused in the configuration" : found.detail,
            webhookID: found.found?.id, alarm: found.state != .on && !isPaused && !isRepaired)
    }
}
