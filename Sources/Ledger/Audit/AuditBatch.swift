import Platform
import Postgres
import Webhooks

/// Compares lines of the log that say 2xx with the ledger, a batch at a time.
struct AuditBatch {
    /// How many lines are compared at once.
    static let size = 1000
    /// By how much the receive time of an event may lie outside the time of its request, in microseconds.
    private static let slack: Int64 = 2_000_000
    /// How long before its repetition an event is usually received, in microseconds.
    private static let usualDelay: Int64 = 2 * 86_400_000_000

    let connection: Connection
    /// The request ids in the spool when the audit began.
    let spooled: Set<String>

    /// Counts where each of the lines is.
    func count(_ lines: [HookLogLine], into counts: inout AuditCounts) throws(PostgresError) {
        if lines.isEmpty { return }
        var left = try takeStored(lines, &counts)
        left = try takeDuplicates(left, &counts)
        left = left.filter { line in
            guard spooled.contains(line.requestID) else { return true }
            counts.spooled += 1
            return false
        }
        // Without a word of the responder, or against it: what the ledger has under that request id counts.
        left = try takeByRequest(left, until: nil, &counts)
        // A spooled delivery with a wrong time was recorded as received later.
        left = try takeByRequest(left, until: .max, &counts)
        for line in left { counts.miss(line) }
    }

    private func takeStored(_ lines: [HookLogLine], _ counts: inout AuditCounts) throws(PostgresError) -> [HookLogLine]
    {
        var places: [Int] = []
        var (ids, times, requests): ([Int64], [Int64], [String]) = ([], [], [])
        for (place, line) in lines.enumerated() {
            guard case .stored(let id, let receivedAt)? = line.trace else { continue }
            places.append(place)
            ids.append(id)
            times.append(receivedAt.microseconds)
            requests.append(line.requestID)
        }
        if places.isEmpty { return lines }
        var found: Set<Int> = []
        for row in try connection.query(AuditSQL.stored, [.bigints(ids), .timestamps(times), .texts(requests)]) {
            found.insert(places[Int(try row.bigint(at: 0)) - 1])
        }
        if Mutation.isOn("audit-believes-the-log") { found = Set(places) }
        counts.events += found.count
        return lines.enumerated().filter { !found.contains($0.offset) }.map(\.element)
    }

    /// A repetition is stored if the event that it repeats is.
    private func takeDuplicates(
        _ lines: [HookLogLine], _ counts: inout AuditCounts
    ) throws(PostgresError) -> [HookLogLine] {
        let times = lines.map(\.answeredAt.microseconds)
        guard let first = times.min(), let last = times.max() else { return [] }
        var wanted: Set<Int64> = []
        for case .duplicate(let id)? in lines.map(\.trace) { wanted.insert(id) }
        if wanted.isEmpty { return lines }
        var known = try events(wanted, first - Self.usualDelay, last + Self.slack)
        let rest = wanted.subtracting(known)
        var lowest: Int64?
        if !rest.isEmpty {
            known.formUnion(try events(rest, .min, .max))
            lowest = try connection.query(AuditSQL.lowest).only().optionalBigint(0)
        }
        return lines.filter { line in
            guard case .duplicate(let id)? = line.trace else { return true }
            if known.contains(id) {
                counts.duplicates += 1
            } else if let lowest, id < lowest {
                counts.tooOld += 1
            } else {
                return true
            }
            return false
        }
    }

    private func events(_ ids: Set<Int64>, _ from: Int64, _ to: Int64) throws(PostgresError) -> Set<Int64> {
        let rows = try connection.query(
            AuditSQL.known, [.bigints(ids.sorted()), .timestamp(from), .timestamp(to)])
        var known: Set<Int64> = []
        for row in rows { known.insert(try row.bigint(at: 0)) }
        return known
    }

    /// - Parameter end: microseconds since 1970, for lines that say "spooled"; nil for the times of the requests, for all.
    private func takeByRequest(
        _ lines: [HookLogLine], until end: Int64?, _ counts: inout AuditCounts
    ) throws(PostgresError) -> [HookLogLine] {
        let asked = lines.filter { end == nil || $0.trace == .spooled }
        guard let first = asked.map({ $0.answeredAt.microseconds - $0.duration }).min(),
            let last = asked.map(\.answeredAt.microseconds).max()
        else { return lines }
        let ids = Parameter.texts(asked.map(\.requestID))
        let time: [Parameter] = [.timestamp(first - Self.slack), .timestamp(end ?? last + Self.slack)]
        let stored = try texts(AuditSQL.answered, [ids] + time)
        let repeated = try texts(AuditSQL.spooledDuplicates, [ids])
        return lines.filter { line in
            if stored.contains(line.requestID) {
                counts.events += 1
            } else if repeated.contains(line.requestID) {
                counts.duplicates += 1
            } else {
                return true
            }
            return false
        }
    }

    private func texts(_ sql: String, _ parameters: [Parameter]) throws(PostgresError) -> Set<String> {
        var texts: Set<String> = []
        for row in try connection.query(sql, parameters) { texts.insert(try row.text(at: 0)) }
        return texts
    }
}
