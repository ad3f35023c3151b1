import Crypto
import JSON
import Platform
import Providers
import Webhooks

extension Recordable {
    /// The clock of an event by its own time: `[trusted, microseconds, sequence, rank, hash]` (docs/database.md,
    /// Clocks).
    ///
    /// A time from the future is limited (``EventTime``); otherwise one wrong sender could freeze a field.
    /// - Returns: nil if the event has none: the database assigns one.
    static func clock(_ event: Event, isTrusted: Bool, rank: Int, receivedAt: Timestamp) -> String? {
        guard let occurredAt = event.occurredAt, event.timing == .own || event.timing == .restore else { return nil }
        let isLimited = !Mutation.isOn("future-clock-is-not-limited")
        let time = (isLimited ? EventTime.ordering(occurredAt, receivedAt: receivedAt) : occurredAt).microseconds
        precondition(event.dedupeKey.bytes.count >= 8, "eight bytes of the dedupe key settle ties of clocks")
        let hash = Hex.encode(Array(event.dedupeKey.bytes.prefix(8)))
        let trust = isTrusted || Mutation.isOn("unsigned-is-trusted") ? 1 : 0
        return "[\(trust),\(time),\(event.sequence),\(Int32(clamping: rank)),\"\(hash)\"]"
    }

    /// The clock of a stored event that was imported: it goes by its first receipt.
    /// - Returns: nil for other events, and for those whose clock the database assigned and stored.
    static func clock(ofImported stored: StoredEvent, _ event: Event, rank: Int) -> String? {
        guard let first = stored.firstReceivedAt, event.timing != .deletion else { return nil }
        var own = event
        own.occurredAt = event.timing == .arrival ? nil : stored.occurredAt.map(Timestamp.init(microseconds:))
        own.sequence = stored.sequence
        if own.occurredAt == nil {
            if event.timing == .restore { return nil }
            own.occurredAt = first
            own.sequence = stored.id
        }
        own.timing = .own
        return clock(own, isTrusted: stored.isTrusted, rank: rank, receivedAt: first)
    }

    /// The origin of the event's clock, as a parameter of `record_2()`: by its arrival if it has no time.
    var timing: Timing { event.timing == .own && event.occurredAt == nil ? .arrival : event.timing }

    /// The shop that the event belongs to.
    var shopKey: String { terms.shopKey ?? event.shopKey }

    /// Rare values, as a parameter of `record_2()`; nil for none.
    static func more(
        _ normalized: NormalizedDelivery, _ further: [RecordPatch], _ firstReceivedAt: Timestamp?
    ) -> String? {
        let event = normalized.event
        var more = JSONObject()
        if let firstReceivedAt {
            more["first_received_at"] = .number(JSONNumber(firstReceivedAt.microseconds))
            // An import is compared without a window; what the sender sends later is not.
            if event.dedupeKey.windowSeconds != nil { more["repeatable"] = true }
        }
        if let claimed = event.claimedType { more["claimed_type"] = .string(claimed) }
        if let reason = event.reason { more["reason"] = .string(reason) }
        if let hash = normalized.bodyHash { more["body_hash"] = .string(Hex.encode(hash)) }
        var unread = JSONObject()
        if !event.unreadFields.isEmpty { unread["fields"] = .array(event.unreadFields.map(JSONValue.string)) }
        let left = event.furtherRecords.count - (Event.mostRecords - 1)
        if left > 0 { unread["records"] = .number(JSONNumber(Int64(left))) }
        if !unread.members.isEmpty { more["unread"] = .object(unread) }
        guard !further.isEmpty else { return more.members.isEmpty ? nil : JSONValue.object(more).storableText }
        let records = further.map { patch in
            "{\"kind\":\"\(patch.kind.rawValue)\",\"id\":\(JSONValue.string(patch.id).storableText),"
                + "\"rank\":\(Int32(clamping: patch.statusRank)),\"patch\":\(patch.fields),"
                + "\"extra\":\(patch.extra ?? "null")}"
        }
        let text = more.members.isEmpty ? "{" : JSONValue.object(more).storableText.dropLast() + ","
        return text + "\"records\":[\(records.joined(separator: ","))]}"
    }
}
