import Webhooks

extension ModelStore {
    /// `record_2()`: all or nothing of a batch in which no event and no order occurs twice.
    /// - Parameters:
    ///   - locked: the orders whose rows another transaction holds.
    ///   - maxAttempts: of its jobs.
    ///   - receivedAt: by the responder's clock.
    /// - Returns: the receipts; nil for a delivery that is busy.
    mutating func record(
        _ batch: [SimDelivery], locked: (Int64) -> Bool = { _ in false }, maxAttempts: Int,
        receivedAt: Int64, at now: Int64
    ) -> [Receipt?] {
        let first = lastEventID
        lastEventID += Int64(batch.count)
        return batch.enumerated().map { place, delivery in
            if let known = receipts[delivery.event], plant != .receiptsForgotten {
                return Receipt(eventID: known.eventID, orderRow: events[known.eventID]?.orderRow, isDuplicate: true)
            }
            if orders[delivery.order] != nil, locked(delivery.order) { return nil }
            let id = first + Int64(place) + 1
            let row = apply(delivery)
            receipts[delivery.event] = (id, receivedAt)
            events[id] = EventRow(
                id: id, event: delivery.event, order: delivery.order, orderRow: row, receivedAt: receivedAt,
                actions: delivery.actions)
            for action in delivery.actions {
                lastJobID += 1
                jobs[lastJobID] = JobRow(
                    id: lastJobID, action: action, maxAttempts: maxAttempts, order: delivery.order, orderRow: row,
                    eventID: id, eventReceivedAt: receivedAt, runAt: now)
            }
            return Receipt(eventID: id, orderRow: row, isDuplicate: false)
        }
    }

    /// The status with the newest clock stays.
    private mutating func apply(_ delivery: SimDelivery) -> Int64 {
        if var order = orders[delivery.order] {
            if order.clock < delivery.occurredAt {
                (order.clock, order.status) = (delivery.occurredAt, delivery.status)
                orders[delivery.order] = order
            }
            return order.row
        }
        lastOrderRow += 1
        orders[delivery.order] = OrderRow(row: lastOrderRow, status: delivery.status, clock: delivery.occurredAt)
        return lastOrderRow
    }

    /// Retention of receipts: those received before that time.
    /// - Returns: the events whose receipts are gone.
    mutating func forget(receivedBefore time: Int64) -> [Int64] {
        let old = receipts.filter { $0.value.receivedAt < time }.map(\.key).sorted()
        for event in old { receipts[event] = nil }
        return old
    }
}
