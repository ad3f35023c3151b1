public import Ledger
public import Outbound
public import Postgres
public import Settings
public import Webhooks

/// Reconciles one source through one list of an API: asks page by page for what changed, and records what the ledger lacks
/// (docs/reconcile.md).
///
/// Its clock, its requests and its waits are parameters.
public struct Reconciler {
    /// What is reconciled, and how.
    public struct Task: ShopTask {
        /// The source.
        public let source: SourceSettings
        /// Its `reconcile:`.
        public let reconcile: ReconcileSettings
        /// The action whose API is asked.
        public var action: ActionSettings
        /// The records that are compared; events and deliveries where the provider lists no orders.
        public let kind: RecordKind
        /// The stored token of a shop or of the action; nil for one that the action names.
        public var token: StoredToken?

        /// Nothing for orders, which were the only list at first.
        public var list: String { kind == .order ? "" : kind.rawValue + "s" }

        /// The API; nil if a setting is missing that it needs.
        var listing: (any PageListing)? {
            if kind == .order, let listing = ListingAPIs.api(action) { return listing }
            guard let orders = OrderAPIs.api(action, token: token, app: source.app) else { return nil }
            return kind == .order ? orders : RecordAPIs.api(kind, of: orders)
        }
        /// What it compares, for people: `order` or `orders`, `event` or `events`.
        public func compared(_ count: Int) -> String {
            let listed = listing?.listed ?? .records(kind)
            return "\(count) \(count == 1 ? listed.one : listed.many)"
        }
        /// Whether the provider delivers again what is missing, so that it always makes the jobs of its rules.
        public var asksAgain: Bool { listing is any RedeliveryListing }

        /// Every task of a configuration: the orders, and products and customers as far as a rule asks for them.
        /// - Parameter name: only of this source; nil for all.
        public static func all(_ settings: Settings, of name: String? = nil) -> [Task] {
            settings.sources.filter { name == nil || $0.name == name }.flatMap { source in
                (source.reconcile?.through ?? []).flatMap { through -> [Task] in
                    guard let reconcile = source.reconcile, let action = settings.action(named: through) else {
                        return []
                    }
                    return ([.order] + RecordAPIs.kinds(of: action, source, settings)).map {
                        Task(source: source, reconcile: reconcile, action: action, kind: $0)
                    }
                }
            }
        }
    }

    /// The tasks of the shops that have a token. A shop without one waits: its runs are put off, as a run that begins late
    /// says that no batch processor ran.
    /// - Parameter connection: of the batch processor's role.
    public static func ready(
        _ task: Task, _ settings: Settings, now: Timestamp, on connection: Connection
    ) throws(PostgresError) -> [Task] {
        let (tasks, absent) = try task.withTokens(settings, isNoted: true, on: connection)
        for one in absent {
            try ReconcileLease.putOff(
                source: task.source.name, api: one.api,
                until: now.advanced(bySeconds: task.reconcile.every.wholeSeconds), now: now, on: connection)
        }
        return tasks
    }

    /// The world outside.
    public struct World {
        /// The present.
        public var now: () -> Timestamp
        /// Sends a request and waits for its end.
        public var send: (HTTPRequest) -> Reply
        /// Waits; milliseconds.
        public var pause: (Int64) -> Void
        /// Asked between pages.
        public var shouldStop: () -> Bool
        /// Host and process, for people.
        public var holder: String
        /// The orders of deliveries in `aside/`.
        public var aside: () -> Set<String>
        /// Called after every page with the counts and the part that is done, in percent.
        public var progress: (ReconcileBooks.Counts, Int) -> Void = { _, _ in }

        /// A world of those parts.
        public init(
            now: @escaping () -> Timestamp, send: @escaping (HTTPRequest) -> Reply,
            pause: @escaping (Int64) -> Void = { _ in }, shouldStop: @escaping () -> Bool = { false },
            holder: String = "", aside: @escaping () -> Set<String> = { [] }
        ) {
            self.now = now
            self.send = send
            self.pause = pause
            self.shouldStop = shouldStop
            self.holder = holder
            self.aside = aside
        }
    }

    /// How a run ended.
    public enum End: Sendable, Hashable {
        /// It is complete.
        case done
        /// It is not due, or another run works on it.
        case notTaken
        /// Its caller stopped it; the next run continues it.
        case stopped
        /// It ended early, and the next run continues it: `reconciliations.state` and the reason.
        case failed(state: String, reason: String)
    }

    /// The report of a run.
    public struct Report: Sendable {
        /// How it ended.
        public var end: End
        /// The counts, with those of the run that it continues.
        public var counts = ReconcileBooks.Counts()
        /// Those of the run that it continues.
        public var earlier = ReconcileBooks.Counts()
        /// Its first moment and the first after it.
        public var window: (since: Timestamp, until: Timestamp)?
        /// The API's words when it refused the token.
        public var refusedToken: String?
        /// What happened before is no longer listed; nil if all of the window is.
        public var unlistedBefore: Timestamp?
    }

    let task: Task
    let settings: Settings
    let world: World
    let connection: Connection

    /// - Parameter connection: of the batch processor's or the operator's role.
    public init(_ task: Task, settings: Settings, world: World, connection: Connection) {
        self.task = task
        self.settings = settings
        self.world = world
        self.connection = connection
    }

    var reconcile: ReconcileSettings { task.reconcile }
    /// The time between two scheduled runs, in microseconds.
    var every: Int64 {
        max(reconcile.every.wholeMilliseconds * 1000, (task.listing.map { type(of: $0).pace } ?? 0) * 1_000_000)
    }
    /// Of one request, in milliseconds.
    var timeout: Duration { task.action.timeout }
    var overlap: Int64 { reconcile.overlap.wholeMilliseconds * 1000 }

    /// Runs once.
    /// - Parameters:
    ///   - kind: a scheduled run takes place only when it is due.
    ///   - since: the first moment; nil for the watermark less the overlap.
    /// - Throws: ``PostgresError``; the lease ends by itself, and the next run continues at the kept page.
    public func run(_ kind: ReconcileBooks.Kind, since: Timestamp? = nil) throws(PostgresError) -> Report {
        let now = world.now()
        let lease = try ReconcileLease.take(
            source: task.source.name, api: task.api, start: Timestamp(microseconds: now.microseconds - overlap),
            holder: world.holder, alarm: reconcile.alarm, whenDue: kind == .scheduled, every: every, now: now,
            on: connection)
        guard let lease else { return Report(end: .notTaken) }
        let books = try ReconcileBooks.open(
            lease, kind: kind, since: since, until: end(now), overlap: overlap, now: now, on: connection)
        var walk = ReconcileWalk(self, kind: kind, lease: lease, books: books)
        let end = try walk.run()
        if let reason = walk.refusedToken { try task.token?.refused(reason, on: connection) }
        return Report(
            end: end, counts: walk.books.counts, earlier: books.counts, window: (books.since, books.until),
            refusedToken: walk.refusedToken,
            unlistedBefore: unlistedBefore(books.since, now: now))
    }

    /// The time before which the API no longer lists anything, if the window begins earlier.
    func unlistedBefore(_ since: Timestamp, now: Timestamp) -> Timestamp? {
        guard let api = task.listing, let reach = type(of: api).reach else { return nil }
        let first = now.advanced(bySeconds: -reach)
        return since < first ? first : nil
    }

    /// The first moment that is too young: whole seconds, as providers count.
    func end(_ now: Timestamp) -> Timestamp {
        Timestamp(microseconds: (now.seconds - reconcile.settle.wholeSeconds) * 1_000_000)
    }

    /// Finds what is missing of the pages of an API.
    func finder(
        _ api: any PageListing, _ pages: PageReader, makesJobs: Bool, run: String, now: Timestamp
    ) -> any MissingFinder {
        let oldest = now.advanced(bySeconds: -reconcile.maxAge.wholeSeconds)
        if let api = api as? any RecordListing {
            let comparison = RecordComparison(
                source: task.source, settings: settings, api: api, name: task.api, shop: task.token?.shop,
                makesJobs: makesJobs, oldest: oldest,
                pointersBefore: now.advanced(bySeconds: -reconcile.settle.wholeSeconds))
            return PageComparison(comparison: comparison, pages: pages, run: run)
        }
        if let api = api as? any EventListing {
            return EventComparison(
                source: task.source, settings: settings, api: api, name: task.api, makesJobs: makesJobs,
                oldest: oldest, run: run)
        }
        return DeliveryComparison(source: task.source.name, oldest: oldest)
    }
}
