import Crypto
package import JSON
package import Ledger
import Providers
package import Rules
import Settings
package import Verification
package import Webhooks

/// A provider for tests: its body says plainly what the event is, so that the ledger can be tried with records
/// of every kind, with and without a clock.
///
/// `{"kind": "product", "id": "1", "fields": {…}, "extra": {…}, "at": seconds or nothing, "type": "product.updated" if
/// absent}`
package struct RecordSender: Provider {
    package var name = "record_sender"
    package var scheme: Scheme { .tikTokShopGuide }
    /// For how many seconds an equal body is the same event.
    package var window: Int64?

    package init() {}

    package func normalize(_ verified: VerifiedDelivery, window _: Int64) throws(Refusal) -> Event {
        let body = verified.delivery.body
        guard let told = try? JSONValue(parsing: body), let id = told["id"]?.string else {
            throw Refusal(.invalidPayload, "no record")
        }
        let kind = told["kind"]?.string ?? ""
        return Event(
            provider: name, providerType: kind, type: told["type"]?.string ?? kind + ".updated",
            subject: "\(kind):\(id)",
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

    package func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer { Answer(status: 200) }

    /// A delivery of such a body, taken all the way to the ledger's door.
    package func recordable(
        _ kind: String, _ id: String, _ fields: JSONValue = [:], extra: JSONValue = [:], at seconds: Int64? = nil,
        received: Timestamp = Guide.now, source: String = "shop", shop: String? = nil,
        isUnlisted: Bool = false, type: String? = nil, jobs: [PlannedJob] = []
    ) throws -> Recordable {
        var body = JSONObject()
        body["kind"] = .string(kind)
        body["id"] = .string(id)
        body["fields"] = fields
        body["extra"] = extra
        body["at"] = seconds.map { .number(JSONNumber($0)) }
        body["type"] = type.map(JSONValue.string)
        let verified = try Guide.verified(.object(body), by: self, at: received)
        var terms = Recordable.Terms()
        terms.shopKey = shop
        if isUnlisted { terms.shopRule = .unlisted }
        return Recordable(
            source: source, normalized: try Providers.normalize(verified, by: self), jobs: jobs, terms: terms)
    }
}
