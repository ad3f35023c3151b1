import JSON
import Testing
import Webhooks

/// What is made of every sample, by a table of each provider beside the samples: `samples/expected/<provider>.json`.
///
/// Of an event that differs, the test prints the line that would be right for it; whether it should is for a person to say.
@Suite("The corpus")
struct CorpusTests {
    @Test("Every sample is read as its table says", arguments: CorpusSample.all)
    func asExpected(_ sample: CorpusSample) throws {
        let seen = try sample.event().map(Self.description) ?? ["handshake": true]
        let expected = CorpusSample.expected[sample.provider]?[sample.name]
        // Without the values themselves, which a failed comparison would print as structures.
        let isExpected = seen == expected
        #expect(
            isExpected, "the line of samples/expected/\(sample.provider).json is now \"\(sample.name)\": \(seen.text)")
    }

    @Test("The tables hold no samples that are gone, and there are samples")
    func complete() {
        let expected = Set(
            CorpusSample.expected.flatMap { provider, table in table.members.map { "\(provider)/\($0.key)" } })
        #expect(expected == Set(CorpusSample.all.map(\.testDescription)))
        #expect(expected.count > 100)
    }

    /// An event in the terms of the tables: what is usual is left out.
    static func description(_ event: Event) -> JSONValue {
        var said = JSONObject()
        said["type"] = .string(event.type)
        if event.providerType != event.type { said["provider_type"] = .string(event.providerType) }
        said["subject"] = event.subject.map(JSONValue.string)
        said["at"] = event.occurredAt.map { .string($0.rfc3339) }
        said["shop_key"] = event.shopKey.isEmpty ? nil : .string(event.shopKey)
        said["delivery_id"] = event.deliveryID.map(JSONValue.string)
        if event.dedupeKey.windowSeconds != nil { said["repeatable"] = true }
        if event.timing != .own { said["timing"] = .string("\(event.timing)") }
        if !event.unreadFields.isEmpty { said["unread"] = .array(event.unreadFields.map(JSONValue.string)) }
        said["claimed"] = event.claimedType.map(JSONValue.string)
        said["reason"] = event.reason.map(JSONValue.string)
        let records = ([event.record] + event.furtherRecords).compactMap(record)
        if !records.isEmpty { said["records"] = .array(records) }
        return .object(said)
    }

    private static func record(_ record: Record) -> JSONValue? {
        switch record {
        case .none: nil
        case .order(let it): said("order", it.id, it.fields, it.extra, rank: it.statusRank)
        case .product(let it): said("product", it.id, it.fields, it.extra)
        case .customer(let it): said("customer", it.id, it.fields, it.extra)
        case .comment(let it): said("comment", it.id, it.fields, it.extra)
        }
    }

    private static func said<Field>(
        _ kind: String, _ id: String, _ fields: Fields<Field>, _ extra: [String: JSONValue], rank: Int = 0
    ) -> JSONValue {
        var record = JSONObject()
        record[kind] = .string(id)
        if rank != 0 { record["rank"] = .number(JSONNumber(Int64(rank))) }
        let sorted = fields.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
        record["fields"] = .object(sorted.reduce(into: JSONObject()) { $0[$1.0] = $1.1 })
        if !extra.isEmpty { record["extra"] = .string(extra.keys.sorted().joined(separator: " ")) }
        return .object(record)
    }
}
