import Ledger
import Postgres
import Settings
import Webhooks

/// The pages of one run, each committed before the next is asked for.
struct ReconcileWalk {
    private(set) var books: ReconcileBooks
    /// The API's words when it refused the token.
    private(set) var refusedToken: String?
    private let reconciler: Reconciler
    private let kind: ReconcileBooks.Kind
    private let lease: ReconcileLease
    private var evidence = ReconcileBooks.Evidence()
    private var hasAskedWebhook = false
    private var aside: Set<String>?
    private var shopKey: String
    private var cursors: Set<String> = []
    private var isLast = false

    init(_ reconciler: Reconciler, kind: ReconcileBooks.Kind, lease: ReconcileLease, books: ReconcileBooks) {
        self.reconciler = reconciler
        self.kind = kind
        self.lease = lease
        self.books = books
        shopKey = lease.shopKey
        evidence.webhookOffFrom = lease.webhookOffFrom
        evidence.webhookOffUntil = lease.webhookOffUntil
        evidence.awayFrom = lease.awayFrom
        evidence.awayUntil = lease.awayUntil
    }

    private var world: Reconciler.World { reconciler.world }
    private var connection: Connection { reconciler.connection }

    /// Why there is no further page.
    private enum Stop: Error {
        case fault(ListingFault)
        case leaseLost
        case stopped
        case database(PostgresError)
    }

    mutating func run() throws(PostgresError) -> Reconciler.End {
        guard let api = reconciler.task.listing else {
            return try end(.unauthorized("a setting of the action \(reconciler.task.action.name) is missing"))
        }
        try noteAbsence()
        let pages = PageReader(api: api, world: world, timeout: reconciler.timeout)
        if evidence.webhookOffFrom != nil, evidence.webhookOffUntil == nil { try askWebhook(pages) }
        var mayRestart = books.isContinued
        while true {
            if !isLast, world.shouldStop() { return try stop() }
            do throws(Stop) {
                // Also what an earlier run found and did not come to ask for.
                try askAgain(pages)
                if isLast { return try finish() }
                isLast = try turnPage(pages)
                mayRestart = false
            } catch {
                switch error {
                case .database(let error): throw error
                case .leaseLost: return .notTaken
                case .stopped: return try stop()
                case .fault(let fault):
                    // A kept page may be too old for the API.
                    guard mayRestart, case .badAnswer = fault else { return try end(fault) }
                    mayRestart = false
                    try books.restart(on: connection)
                }
            }
        }
    }

    /// A run that begins much later than it was due shows that no batch processor ran. Later runs, too, may find what
    /// happened in that time.
    private mutating func noteAbsence() throws(PostgresError) {
        let now = world.now()
        guard kind == .scheduled, now.microseconds - lease.dueAt.microseconds > 2 * reconciler.every else { return }
        let from = Timestamp(microseconds: lease.dueAt.microseconds - reconciler.every)
        evidence.awayFrom = from
        evidence.awayUntil = now
        try lease.note(awayFrom: from, until: now, on: connection)
    }

    /// - Returns: whether it was the last page.
    private mutating func turnPage(_ pages: PageReader) throws(Stop) -> Bool {
        let place = ListingPlace(since: books.since, until: books.until, cursor: books.cursor)
        let page: ListingPage
        do throws(ListingFault) {
            page = try pages.page(at: place)
            try page.check(pages.api.listed, at: place, after: books.comparedUntil)
            if let next = page.next, !cursors.insert(next).inserted { throw .badAnswer("the pages repeat") }
        } catch {
            throw .fault(error)
        }
        let now = world.now()
        let finder = reconciler.finder(
            pages.api, pages, makesJobs: kind != .first, run: "reconcile-\(books.id)", now: now)
        var missing: [ReconcileBooks.Missing]
        do throws(PageFailure) {
            missing = try finder.missing(page, shopKey: &shopKey, now: now, on: connection)
        } catch {
            switch error {
            case .fault(let fault): throw .fault(fault)
            case .database(let error): throw .database(error)
            }
        }
        if !missing.isEmpty { try explain(&missing, pages) }
        do throws(ReconcileFailure) {
            try books.commit(
                missing, compared: page.orders.count, shopKey: shopKey,
                until: page.startsOver ? nil : page.orders.last?.changedAt ?? books.comparedUntil, next: page.next,
                evidence: evidence, now: now, on: connection)
        } catch {
            switch error {
            case .leaseLost: throw .leaseLost
            case .database(let error): throw .database(error)
            }
        }
        world.progress(books.counts, percent(page, pages.api.listed))
        if page.next == nil { return true }
        if page.pause > 0 { world.pause(page.pause) }
        return false
    }

    /// Asks for the deliveries that were found missing, one a second, as GitHub demands of requests that change something.
    /// What was asked for is written after the request: a killed run asks for one delivery twice at most, and the second
    /// one is a duplicate.
    private func askAgain(_ pages: PageReader) throws(Stop) {
        guard let api = pages.api as? any RedeliveryListing else { return }
        for one in try reading({ () throws(PostgresError) in try books.toAsk(now: world.now(), on: connection) }) {
            if world.shouldStop() { throw .stopped }
            let trouble: String?
            do throws(ListingFault) { trouble = try pages.askAgain(one.redelivery, of: api) } catch {
                throw .fault(error)
            }
            let isHeld = try reading { () throws(PostgresError) in
                try books.asked(one, trouble: trouble, now: world.now(), on: connection)
            }
            guard isHeld else { throw .leaseLost }
            world.pause(1000)
        }
    }

    private func reading<T>(_ read: () throws(PostgresError) -> T) throws(Stop) -> T {
        do throws(PostgresError) { return try read() } catch { throw .database(error) }
    }

    /// Gathers what may explain why these orders are missing.
    private mutating func explain(_ missing: inout [ReconcileBooks.Missing], _ pages: PageReader) throws(Stop) {
        if !hasAskedWebhook {
            do throws(PostgresError) { try askWebhook(pages) } catch { throw .database(error) }
        }
        let known = aside ?? world.aside()
        aside = known
        for place in missing.indices { missing[place].isAside = known.contains(missing[place].orderID) }
    }

    /// Asks whether the provider has switched the webhook off. It was on at the last complete comparison, or it was
    /// asked then.
    private mutating func askWebhook(_ pages: PageReader) throws(PostgresError) {
        hasAskedWebhook = true
        guard let isOn = pages.isWebhookOn() else { return }
        let isOpen = evidence.webhookOffFrom != nil && evidence.webhookOffUntil == nil
        if isOn == !isOpen { return }
        if isOn {
            evidence.webhookOffUntil = world.now()
        } else {
            evidence.webhookOffFrom = lease.watermark
            evidence.webhookOffUntil = nil
        }
        try lease.note(
            webhookOffFrom: evidence.webhookOffFrom, until: evidence.webhookOffUntil, on: connection)
    }

    private func percent(_ page: ListingPage, _ listed: Listed) -> Int {
        let whole = books.until.microseconds - books.since.microseconds
        guard page.next != nil, whole > 0, let last = page.orders.last?.changedAt else { return 100 }
        let done: Int64 =
            switch listed.sorting {
            case .none, .anyOrder: 0
            case .oldestFirst: last.microseconds - books.since.microseconds
            case .newestFirst: books.until.microseconds - last.microseconds
            }
        return Int(max(0, min(99, done / max(1, whole / 100))))
    }

    private func finish() throws(Stop) -> Reconciler.End {
        let now = world.now()
        do throws(PostgresError) {
            let due = Timestamp(microseconds: now.microseconds + reconciler.every)
            let note = reconciler.unlistedBefore(books.since, now: now).map {
                "what happened before \($0.rfc3339) is no longer listed"
            }
            return try books.finish(due: due, note: note, now: now, on: connection) ? .done : .notTaken
        } catch {
            throw .database(error)
        }
    }

    private func stop() throws(PostgresError) -> Reconciler.End {
        try books.interrupt(state: "stopped", reason: "told to stop", due: world.now(), on: connection)
        return .stopped
    }

    private mutating func end(_ fault: ListingFault) throws(PostgresError) -> Reconciler.End {
        if case .tokenRefused = fault, try reconciler.task.token?.isReplaced(on: connection) == true {
            // It was refreshed meanwhile; the next run continues with the new one.
            try books.interrupt(
                state: "stopped", reason: "its token was refreshed", due: world.now(), on: connection)
            return .stopped
        }
        let backoff = min(reconciler.every, 30_000_000 << Int64(min(lease.failures, 10)))
        let wait =
            switch fault {
            case .unauthorized, .tokenRefused: reconciler.every
            case .limited(let after, _): max((after ?? 0) * 1000, backoff)
            case .unavailable, .badAnswer: backoff
            }
        try books.interrupt(
            state: fault.state, reason: fault.reason, due: Timestamp(microseconds: world.now().microseconds + wait),
            on: connection)
        if case .tokenRefused(let reason) = fault { refusedToken = reason }
        return .failed(state: fault.state, reason: fault.reason)
    }
}
