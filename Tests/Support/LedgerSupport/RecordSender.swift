import Crypto
import JSON
import Ledger
import Providers
import Testing
import Verification
import Webhooks

/// A provider for tests: its body says plainly what the event is, so that the ledger can be tried with records
/// of every kind, with and without a clock.
///
/// `{"kind": "product", "id": "1", "fields": {…}, "extra": {…}, "at": seconds or nothing}`
struct RecordSender: Provider {
    var name: String { "record_sender" }
    var scheme: Scheme { .tikTokShopGuide }
    /// For how many seconds an equal body is the same event.
    var window: Int64?

    func normalize(_ verified: VerifiedDelivery, window _: Int64) throws(Refusal) -> Event {
        let body = verified.delivery.body
        guard let told = try? JSONValue(parsing: body), let id = told["id"]?.string else {
            throw Refusal(.invalidPayload, "no record")
        }
        let kind = told["kind"]?.string ?? ""
        return Event(
            provider: name, providerType: kind, type: kind + ".updated", subject: "\(kind):\(id)",
            occurredAt: told["at"]?.integer.flatMap { Timestamp(seconds: $0) },
            dedupeKey: DedupeKey(bytes: Digest.sha256.hash(body), windowSeconds: window), record: record(kind, id, told)
        )
    }

    private func record(_ kind: String, _ id: String, _ told: JSONValue) -> Record {
        let members = told["fields"]?.object?.members ?? []
        func fields<Field: RawRepresentable<String> & Hashable & Sendable>() -> Fields<Field> {
            members.reduce(into: Fields()) { fields, member in
                if let field = Field(rawValue: member.key) { fields[field] = member.value }
            }
        }
        let extra = (told["extra"]?.object?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value }
        return switch kind {
        case "order": .order(Order(id: id, fields: fields(), extra: extra))
        case "product": .product(Product(id: id, fields: fields(), extra: extra))
        case "customer": .customer(Customer(id: id, fields: fields(), extra: extra))
        case "comment": .comment(Comment(id: id, fields: fields(), extra: extra))
        default: .none
        }
    }

    func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer { Answer(status: 200) }

    /// A delivery of such a body, taken all the way to the ledger's door.
    func recordable(
        _ kind: String, _ id: String, _ fields: JSONValue = [:], extra: JSONValue = [:], at seconds: Int64? = nil,
        received: Timestamp = Guide.now, source: String = "shop"
    ) throws -> Recordable {
        var body: JSONValue = ["kind": .string(kind), "id": .string(id), "fields": fields, "extra": extra]
        if let seconds, case .object(var object) = body {
            object["at"] = .number(JSONNumber(seconds))
            body = .object(object)
        }
        let verified = try Guide.verified(body, by: self, at: received)
        return Recordable(source: source, normalized: try Providers.normalize(verified, by: self), jobs: [])
    }
}
