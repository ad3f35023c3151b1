import Crypto
import JSON
import Ledger
import LedgerSupport
import Providers
import Testing
import Verification
import Webhooks

/// What a sender says in a test of the ledger's door, with every member of an event that the door looks at.
struct Saying: Sendable {
    var kind = "order"
    /// nil for an event about no record.
    var id: String? = "1"
    var status: String?
    var fields: [String: String] = [:]
    /// The sender's own time, in seconds from ``Guide/now``; nil for none.
    var at: Int64?
    var timing = Timing.own
    /// nil where something signed makes two bodies two events.
    var window: Int64?
    var deliveryID: String?
    var shop = ""
    var isVerified = true
    var subject: String?
    /// Ids of the further orders that it is about.
    var further: [String] = []
    var unread: [String] = []
    var claimedType: String?
    /// What makes the bytes differ where nothing else does.
    var note = ""

    /// The same thing said by a sender without id and time.
    static func repeatable(_ status: String, id: String? = "1", deliveryID: String? = nil) -> Saying {
        Saying(id: id, status: status, window: 600, deliveryID: deliveryID)
    }

    /// The delivery of it, received that many seconds from now.
    func recordable(
        received: Int64 = 0, source: String = "shop", origin: Recordable.Origin = .delivery, requestID: String = "r",
        terms: Recordable.Terms = .init(), action: String? = nil
    ) throws -> Recordable {
        let moment = Guide.now.advanced(bySeconds: received)
        let provider = SayingProvider(saying: self)
        var delivery = try Guide.delivery(body, by: provider, at: moment)
        delivery.requestID = requestID
        let verified = try provider.scheme.verify(
            delivery,
            keyring: Keyring(secrets: [Guide.secret], credentials: ["app_key": SecretBytes(utf8: "test-key")]),
            policy: isVerified ? .required : VerificationPolicy.none, now: moment)
        let normalized = try normalize(verified, by: provider)
        var jobs = action.map { [Guide.job($0)] } ?? []
        if action != nil { jobs += further.indices.map { Guide.job("ops", record: $0 + 1) } }
        return Recordable(source: source, normalized: normalized, jobs: jobs, origin: origin, terms: terms)
    }

    /// The fields as JSON.
    var patch: JSONValue {
        var patch = JSONObject()
        patch["status"] = status.map(JSONValue.string)
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { patch[name] = .string(value) }
        return .object(patch)
    }

    /// The body: what of it a sender would write, and how a rebuild is to read it.
    private var body: JSONValue {
        [
            "kind": .string(kind), "id": .string(id ?? ""), "patch": patch, "note": .string(note),
            "timing": .number(JSONNumber(Int64(timing.rawValue))), "at": .string(at.map(String.init) ?? ""),
            "shop": .string(shop), "subject": .string(subject ?? ""),
        ]
    }
}

/// The contract of one saying: the event that it is.
private struct SayingProvider: Provider {
    let saying: Saying

    var name: String { "saying" }
    var scheme: Scheme { .tikTokShopGuide }

    func normalize(_ verified: VerifiedDelivery, window _: Int64) throws(Refusal) -> Event {
        let type = saying.timing == .deletion ? "deleted" : saying.timing == .restore ? "restored" : "updated"
        var event = Event(
            provider: name, providerType: type, type: "\(saying.kind).\(type)",
            subject: saying.subject ?? saying.id.map { "\(saying.kind):\($0)" },
            occurredAt: saying.at.map { Guide.now.advanced(bySeconds: $0) },
            dedupeKey: DedupeKey(
                bytes: Digest.sha256.hash(verified.delivery.body), windowSeconds: saying.window),
            record: saying.id.map { record($0) } ?? .none)
        event.furtherRecords = saying.further.map { record($0) }
        event.shopKey = saying.shop
        event.deliveryID = saying.deliveryID
        event.timing = saying.timing
        event.unreadFields = saying.unread
        event.claimedType = saying.claimedType
        return event
    }

    private func record(_ id: String) -> Record {
        let members = saying.patch.object?.members ?? []
        func fields<Field: RawRepresentable<String> & Hashable & Sendable>() -> Fields<Field> {
            members.reduce(into: Fields()) { fields, member in
                if let field = Field(rawValue: member.key) { fields[field] = member.value }
            }
        }
        return switch saying.kind {
        case "product": .product(Product(id: id, fields: fields()))
        case "customer": .customer(Customer(id: id, fields: fields()))
        case "comment": .comment(Comment(id: id, fields: fields()))
        default: .order(Order(id: id, fields: fields()))
        }
    }

    func answer(_ event: Event, _ receipt: Receipt, _ delivery: Delivery) -> Answer { Answer(status: 200) }
}

extension LedgerFixture {
    /// Tells the ledger, one delivery after the other, each received a second after the one before.
    @discardableResult
    func tell(_ sayings: [Saying], source: String = "shop", action: String? = nil) throws -> [Receipt] {
        try sayings.enumerated().map { place, saying in
            try record(saying.recordable(received: Int64(place), source: source, action: action))
        }
    }

    /// How many differences a rebuild of all orders finds, whose provider is that of ``Saying``.
    func differences() throws -> String? {
        try value(
            """
            select count(*) from (
                select array_agg(e.order_row order by e.id) as rows, array_agg(e.id order by e.id) as ids,
                    array_agg(e.received_at order by e.id) as received, array_agg(e.occurred_at order by e.id) as occurred,
                    array_agg(0::bigint order by e.id) as sequences, array_agg(0 order by e.id) as ranks,
                    array_agg(sha256(e.body) order by e.id) as keys, array_agg(e.told -> 'patch' order by e.id) as patches,
                    array_agg(null::jsonb order by e.id) as extras,
                    array_agg((e.told ->> 'timing')::int order by e.id) as timings, array_agg(e.clock order by e.id) as clocks,
                    array_agg(is_trusted(e.verification, e.origin, e.trusted) order by e.id) as trusted,
                    array_agg(e.told ->> 'shop' order by e.id) as shops
                from (
                    select *, convert_from(body, 'UTF8')::jsonb as told from events where order_row is not null
                ) as e
            ) as a
            cross join lateral rebuild_records('order', (select array_agg(id) from orders), rows, ids, received, occurred,
                sequences, ranks, keys, patches, extras, timings, clocks, trusted, shops, false, false)
            """)
    }
}
