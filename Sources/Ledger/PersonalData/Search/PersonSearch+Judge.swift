import Postgres
import Verification
import Webhooks

extension PersonSearch {
    /// Judges events as a whole, and what rows they are about.
    mutating func judge(_ places: [EventPlace], on connection: Connection) throws(PostgresError) -> [Found] {
        let loaded = try connection.query(
            Self.events, [.timestamps(places.map(\.receivedAt)), .bigints(places.map(\.id))])
        var all: [Found] = []
        for line in loaded {
            let stored = try StoredEvent(line)
            guard stored.id != but, isOfSource(stored.source), found[stored.id] != true else { continue }
            let row = try Self.row(line)
            report.read += 1
            guard isOfShop(try line.optionalText("owner")) else {
                report.otherShops += person.shop == nil ? 1 : 0
                continue
            }
            let body = stored.verified.delivery.body
            guard person.shop == nil || !ShopNames.contradict(body, shop: person.shop ?? "") else { continue }
            let judgement = matcher.judge(body, idsCount: person.sharesIDs(with: stored.provider))
            let isFollowed = row.map(rows.owns) == true || stored.subject.map(rows.subjects.contains) == true
            let isOwn =
                person.shop != nil || judgement.isOwn || row.map(rows.named.contains) == true
                || isFollowed && !judgement.isAboutOther
            guard isOwn || judgement.isAny else {
                if judgement.isNear { report.addNearMiss(.event, stored.id) }
                continue
            }
            if found[stored.id] == isOwn { continue }
            found[stored.id] = isOwn
            if let row {
                if isOwn {
                    rowsOfEvents.insert(row)
                    if !rows.owns(row) { suspects.insert(row) }
                } else {
                    rows.insertQuoting(row)
                }
            }
            if isOwn, let subject = stored.subject, Self.leads(subject) { rows.subjects.insert(subject) }
            all.append(Found(stored: stored, row: row, isOwn: isOwn, changes: try line.optionalText("changes")))
        }
        return all
    }

    /// Carts lead to the other events of the same cart; what else an event is about has a row.
    private static func leads(_ subject: String) -> Bool { subject.hasPrefix("cart:") }

    /// Judges the rows that events about the person are about, and those that the index names.
    mutating func judgeSuspects(on connection: Connection) throws(PostgresError) {
        let portion = suspects.prefix(Self.portion)
        suspects.subtract(portion)
        func ids(_ kind: PersonDocument.Kind) -> Parameter {
            .bigints(portion.filter { $0.kind == kind }.map(\.id).sorted())
        }
        let pages = try connection.query(
            """
            select * from hookledger.person_rows(
                null, '{}', '{}', $1::bigint[], $2::bigint[], $3::bigint[])
            """, [ids(.order), ids(.customer), ids(.comment)])
        for line in pages { judge(try PersonRowPage(line), isNamed: false) }
    }

    /// A row is the person's when it says so, or when an event about the person is about it and it does not say that it
    /// is somebody else's by now.
    mutating func judge(_ row: PersonRowPage, isNamed: Bool) {
        let document = PersonDocument(kind: row.kind, id: row.id)
        guard isOfSource(row.source) else { return }
        report.read += 1
        guard isOfShop(row.shop) else {
            report.otherShops += 1
            return
        }
        let judgement = judgement(of: row)
        let isMeant = isNamed && person.sharesIDs(with: row.provider) || person.shop != nil
        let isLed = rowsOfEvents.contains(document)
        if isMeant || judgement.isOwn || isLed && !judgement.isAboutOther {
            if rows.insert(document, isNamed: isMeant && row.kind == .order) { unfollowed.insert(document) }
            if row.kind != .comment { rows.subjects.insert(row.subject) }
        } else if judgement.isAny || isLed {
            rows.insertQuoting(document)
        } else if judgement.isNear {
            report.addNearMiss(row.kind, row.id)
        }
    }

    /// The events of the person's rows, and the events that are about them without a row.
    mutating func follow(on connection: Connection) throws(PostgresError) {
        let portion = Array(unfollowed.prefix(Self.portion))
        unfollowed.subtract(portion)
        let subjects = rows.subjects.subtracting(followedSubjects)
        followedSubjects.formUnion(subjects)
        let orders = portion.filter { $0.kind == .order }.map(\.id)
        let others = portion.filter { $0.kind != .order }
        var places: Set<EventPlace> = []
        for line in try connection.query(
            Self.eventsOfRows, [.bigints(orders), .texts(others.map(\.kind.name)), .bigints(others.map(\.id))])
        {
            places.insert(EventPlace(receivedAt: try line.timestamp("received_at"), id: try line.bigint("id")))
        }
        if let key, !subjects.isEmpty, isIndexed {
            let hashes = key.hashes(Set(subjects.map(PersonValue.subject)))
            for line in try connection.query(Self.keyed, [.bytesArray(hashes)]) where try line.bigint("kind") == 0 {
                places.insert(EventPlace(receivedAt: try line.timestamp("received_at"), id: try line.bigint("id")))
            }
        }
        candidates += places.filter { found[$0.id] != true }
            .sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
    }

    func isOfShop(_ owner: String?) -> Bool {
        if let shop = person.shop { return owner == shop.lowercased() }
        guard let asking = person.askingShop, let owner else { return true }
        return owner == asking.lowercased()
    }

    private static func row(_ line: Row) throws(PostgresError) -> PersonDocument? {
        if let order = try line.optionalBigint("order_row") { return PersonDocument(kind: .order, id: order) }
        guard let record = try line.optionalBigint("record_row"),
            let kind = PersonDocument.Kind(try line.optionalText("record_kind") ?? "")
        else { return nil }
        return PersonDocument(kind: kind, id: record)
    }

    static let keyed = "select * from hookledger.person_key_rows($1::bytea[])"

    private static let events = """
        select \(StoredEvent.columns), record_kind, record_row, changes,
            hookledger.person_event_shop(order_row, record_kind, record_row, shop_id) as owner
        from hookledger.events
        where (received_at, id) in (select * from unnest($1::timestamptz[], $2::bigint[]))
        order by received_at, id
        """

    private static let eventsOfRows = """
        select received_at, id from hookledger.events where order_row = any ($1::bigint[])
        union
        select e.received_at, e.id
        from unnest($2::text[], $3::bigint[]) as r (kind, id)
            join hookledger.events as e on e.record_kind = r.kind and e.record_row = r.id
        """
}
