import JSON
import Ledger
import Providers
import Rules
import Settings
import Verification
import Webhooks

/// Compares listed orders, products or customers with the ledger, and makes events of those that are missing. Pure.
struct RecordComparison {
    let source: SourceSettings
    let settings: Settings
    let api: any RecordListing
    /// The action whose API it is.
    let name: String
    /// The shop whose stored token lists them; nil for the token of the action.
    let shop: String?
    /// Whether what is missing makes jobs.
    let makesJobs: Bool
    /// What changed before makes none.
    let oldest: Timestamp
    /// A pointer from before has waited long enough for its details.
    let pointersBefore: Timestamp

    /// What the ledger lacks of a record.
    enum Gap {
        case absent
        case older
    }

    /// - Parameter known: the ledger's rows with the record's id.
    /// - Returns: nil if nothing is missing.
    func gap(_ order: ListedOrder, _ known: [ReconcileBooks.Known]) -> Gap? {
        guard let newest = known.max(by: { ($0.changedAt ?? .never) < ($1.changedAt ?? .never) }) else {
            return .absent
        }
        if let state = order.state { return isOlder(newest, order.changedAt, state) ? .older : nil }
        // Its job may be fetching the details.
        if newest.needsDetail { return newest.storedAt < pointersBefore ? .older : nil }
        // Of a time from the future only that it is the same says something.
        if known.contains(where: { $0.saidAt == order.changedAt }) { return nil }
        guard let changedAt = newest.changedAt, changedAt >= order.changedAt else { return .older }
        return nil
    }

    /// What was said within `settle` may be newer than the list.
    private func isOlder(
        _ known: ReconcileBooks.Known, _ changedAt: Timestamp, _ state: (status: String?, stage: String?)
    ) -> Bool {
        guard let toldAt = known.toldAt else { return true }
        guard toldAt < pointersBefore else { return false }
        // Only one of the two differs where a forwarder has words of its own, and after events about a part of an order.
        let (isStatusOther, isStageOther) = (known.status != state.status, known.stage != state.stage)
        return isStatusOther && isStageOther || (isStatusOther || isStageOther) && changedAt > toldAt
    }

    /// The event of a missing record.
    /// - Parameters:
    ///   - body: the whole record.
    ///   - known: the ledger's rows with its id.
    ///   - run: for the request id.
    /// - Returns: nil if the row of its own shop is up to date.
    func missing(
        _ order: ListedOrder, _ body: JSONValue, _ known: [ReconcileBooks.Known], _ gap: Gap, run: String,
        now: Timestamp
    ) -> ReconcileBooks.Missing? {
        func unreadable(_ reason: String) -> ReconcileBooks.Missing {
            told(
                ReconcileBooks.Missing(
                    nil, orderID: order.id, shopKey: "", changedAt: order.changedAt, isAbsent: gap == .absent,
                    trouble: reason))
        }
        do throws(Refusal) {
            var pointedAt = known.compactMap(\.pointedAt).max()
            if order.state != nil, let told = known.compactMap(\.toldAt).max() {
                // The list shows the order as it is now, whatever its time.
                pointedAt = Timestamp(microseconds: told.microseconds + 1)
            }
            let first = try normalized(body, isNew: gap == .absent, notBefore: pointedAt, run: run, now: now)
            guard let read = first.event.record.identity, read.kind == api.kind, read.id == order.id else {
                return unreadable("the answer is about another \(api.listed.one), or about none")
            }
            guard first.event.occurredAt != nil else {
                return unreadable("the \(api.listed.one) has no time of its last change")
            }
            let shop = shopKey(first.event)
            // Ids are the shop's own: another shop's order does not make up for this one.
            var (gap, normalized) = (gap, first)
            if !shop.isEmpty {
                let own = known.filter { $0.shopKey.isEmpty || $0.shopKey == shop }
                guard let ownGap = self.gap(order, own) else { return nil }
                if ownGap != gap {
                    gap = ownGap
                    normalized = try self.normalized(
                        body, isNew: gap == .absent, notBefore: pointedAt, run: run, now: now)
                }
            }
            var missing = ReconcileBooks.Missing(
                recordable(normalized), orderID: order.id, shopKey: shop,
                changedAt: order.changedAt, isAbsent: gap == .absent)
            missing.isPointer = known.contains { $0.needsDetail && $0.storedAt >= order.changedAt }
            return told(missing)
        } catch {
            return unreadable(error.reason)
        }
    }

    /// The same with its kind, and with the reason if no webhook can have told it.
    private func told(_ missing: ReconcileBooks.Missing) -> ReconcileBooks.Missing {
        var missing = missing
        missing.kind = ReconcileBooks.Listed(api.kind)
        if !api.isToldByWebhooks {
            missing.reason = "no_details"
            missing.detail = "the provider's webhooks do not name the \(api.listed.one)"
        }
        return missing
    }

    /// The shop that an event names, its aliases resolved.
    private func shopKey(_ event: Event) -> String { source.shops?.resolve(event.shopKey) ?? event.shopKey }

    /// As what was fetched is not signed, TLS and our own token vouch for it, and its origin says so.
    private func normalized(
        _ body: JSONValue, isNew: Bool, notBefore: Timestamp?, run: String, now: Timestamp
    ) throws(Refusal) -> NormalizedDelivery {
        let contract = ReconciledRecord(
            AskedContract(inner: api.contract, shop: shop, notBefore: notBefore), isNew: isNew)
        let delivery = Delivery(
            requestID: run, receivedAt: now, method: "GET", path: "/reconciled/\(name)",
            headers: api.headers(of: body, isNew: isNew), body: body.serialized())
        let verified = try contract.scheme.verify(delivery, keyring: Keyring(secrets: []), policy: .none, now: now)
        return try normalize(verified, by: contract)
    }

    private func recordable(_ normalized: NormalizedDelivery) -> Recordable {
        let event = normalized.event
        let isYoung = event.occurredAt.map { $0 >= oldest } ?? false
        let jobs =
            makesJobs && isYoung
            ? RulePlan(event, source: source.name, origin: Recordable.Origin.reconciled.rawValue, settings: settings)
                .jobs
                // Its details are here.
                .filter { $0.kind != FetchOrder.kind } : []
        return Recordable(
            source: source.name, normalized: normalized, jobs: jobs, origin: .reconciled,
            terms: Recordable.Terms(event, of: source, by: api.contract), revision: settings.revision)
    }
}

extension Timestamp {
    /// Before every time.
    fileprivate static var never: Timestamp { Timestamp(microseconds: .min) }
}

extension RecordListing {
    /// The contract by which its orders are read, as those of webhooks.
    var contract: any Provider { (provider as? FetchedOrder)?.inner ?? provider }
}
