public import Ledger
public import Postgres
import Settings
public import Webhooks

extension Reconciler {
    /// What is missing, without a change of anything.
    public struct Preview: Sendable {
        /// What it is.
        public let kind: ReconcileBooks.Listed
        /// The provider's id.
        public let orderID: String
        /// Whether the ledger does not have it at all.
        public let isAbsent: Bool
        /// The provider's time of the change.
        public let changedAt: Timestamp
        /// The jobs that it would make.
        public let jobs: Int
        /// Whether the provider would be asked to deliver it again.
        public let isAskedAgain: Bool
        /// Why it could not be recorded; nil if it could.
        public let trouble: String?
    }

    /// Says what is missing, and changes nothing.
    /// - Parameters:
    ///   - kind: decides whether missing orders would make jobs.
    ///   - since: the first moment; nil for the watermark less the overlap.
    ///   - found: called for each missing order.
    public func preview(
        _ kind: ReconcileBooks.Kind, since: Timestamp?, found: (Preview) -> Void
    ) throws(PostgresError) -> Report {
        let now = world.now()
        let mark = try ReconcileLease.watermark(of: task.source.name, api: task.api, on: connection)
        // A watermark of the future is from a clock that was ahead.
        let start = since ?? Timestamp(microseconds: min(mark ?? now, now).microseconds - overlap)
        var report = Report(end: .done, window: (start, end(now)))
        guard let api = task.listing else {
            report.end = .failed(
                state: "unauthorized", reason: "a setting of the action \(task.action.name) is missing")
            return report
        }
        let pages = PageReader(api: api, world: world, timeout: timeout)
        let finder = finder(api, pages, makesJobs: kind != .first, run: "preview", now: now)
        report.unlistedBefore = unlistedBefore(start, now: now)
        var place = ListingPlace(since: start, until: end(now))
        var (last, shopKey): (Timestamp?, String) = (nil, "")
        var cursors: Set<String> = []
        while !world.shouldStop() {
            do throws(PageFailure) {
                let page = try page(at: place, after: last, pages, &cursors)
                for one in try finder.missing(page, shopKey: &shopKey, now: now, on: connection) {
                    if one.isAbsent { report.counts.absent += 1 } else { report.counts.older += 1 }
                    if one.trouble != nil { report.counts.refused += 1 }
                    let jobs = one.recordable?.jobs.count ?? 0
                    report.counts.jobs += jobs
                    found(
                        Preview(
                            kind: one.kind, orderID: one.orderID, isAbsent: one.isAbsent, changedAt: one.changedAt,
                            jobs: jobs,
                            isAskedAgain: one.redelivery != nil, trouble: one.trouble))
                }
                report.counts.pages += 1
                report.counts.compared += page.orders.count
                last = page.startsOver ? nil : page.orders.last?.changedAt ?? last
                guard let next = page.next else { return report }
                place.cursor = next
                if page.pause > 0 { world.pause(page.pause) }
            } catch {
                switch error {
                case .database(let error): throw error
                case .fault(let fault):
                    report.end = .failed(state: fault.state, reason: fault.reason)
                    return report
                }
            }
        }
        report.end = .stopped
        return report
    }

    private func page(
        at place: ListingPlace, after last: Timestamp?, _ pages: PageReader, _ cursors: inout Set<String>
    ) throws(PageFailure) -> ListingPage {
        do throws(ListingFault) {
            let page = try pages.page(at: place)
            try page.check(pages.api.listed, at: place, after: last)
            if let next = page.next, !cursors.insert(next).inserted { throw .badAnswer("the pages repeat") }
            return page
        } catch {
            throw .fault(error)
        }
    }
}
