package import JSON
package import Ledger
import LedgerSupport
import LocalStack
import Platform
package import Rules
import Settings
import Webhooks

/// Events with their jobs, by the door that deliveries come through.
package enum Filling {
    private static let serial = Locked(0)

    /// A job that a rule would make.
    package static func job(
        _ action: String, kind: String = "test", maxAttempts: Int = 4, share: JobShare? = nil
    ) -> PlannedJob {
        PlannedJob(
            rule: "rule-1", ruleIndex: 0, action: action, kind: ActionKind(kind, []), share: share,
            maxAttempts: maxAttempts)
    }

    /// A delivery unlike any before, received now.
    /// - Parameters:
    ///   - kind: `order`, `product`, `customer`, `comment`; anything else is about no record.
    ///   - isUnlisted: whether its shop is not listed, so that its jobs are held.
    ///   - type: nil for `KIND.updated`.
    package static func recordable(
        _ kind: String, _ id: String, _ fields: JSONValue = [:], source: String = "shop", shop: String? = nil,
        isUnlisted: Bool = false, type: String? = nil, jobs: [PlannedJob] = []
    ) throws -> Recordable {
        let number = serial.withLock { number in
            number += 1
            return number
        }
        // A known contract, so that the events can be replayed.
        var sender = RecordSender()
        sender.name = "tiktok_shop"
        return try sender.recordable(
            kind, id, fields, extra: ["n": .number(JSONNumber(Int64(number)))],
            received: Timestamp(microseconds: SystemClock.wallMicroseconds()), source: source, shop: shop,
            isUnlisted: isUnlisted, type: type, jobs: jobs)
    }

    /// Records them in that database, some at a time, in their order.
    package static func record(_ recordables: [Recordable], in database: String) throws {
        let conninfo = try SharedCluster.get().conninfo(user: "hookledger_ingest", database: database)
        try LedgerWriter(conninfo: conninfo, deadline: .seconds(20)).recordAll(recordables)
    }
}
