import Postgres
import Verification
import Webhooks

extension PersonSearch {
    /// Judges complete events and their rows.
    mutating func judge(_ places: [EventPlace], on connection: Connection) throws(PostgresError) -> [Found] {
        var all: [Found] = []
        for event in try LoadedEvent.load(places, on: connection) {
            let stored = event.stored
            guard stored.id != but, isOfSource(stored.source), found[stored.id] != .all else { continue }
            report.read += 1
            guard isOfShop(event.owner) else {
                report.otherShops += person.shop == nil ? 1 : 0
                continue
            }
            let body = stored.verified.delivery.body
            guard person.shop == nil || !ShopNames.contradict(body, shop: person.shop ?? "") else { continue }
            let judgement = matcher.judge(body, idsCount: person.sharesIDs(with: stored.provider))
            guard let share = share(of: event, judgement) else {
                if judgement.isNear { report.addNearMiss(.event, stored.id) }
                continue
            }
            if found[stored.id] == share { continue }
            found[stored.id] = share
            self.places[stored.id] = EventPlace(
                receivedAt: stored.verified.delivery.receivedAt.microseconds, id: stored.id)
            if judgement.isAny { naming.insert(stored.id) }
            lead(to: event, share, judgement)
            if share == .all, let subject = stored.subject, Self.leads(subject) { rows.subjects.insert(subject) }
            all.append(Found(event: event, share: share))
        }
        return all
    }

    /// The person's part of an event. An event about several records is the person's as a whole only if all records
    /// are.
    /// - Returns: nil if there is none.
    private func share(of event: LoadedEvent, _ judgement: PersonMatcher.Judgement) -> Share? {
        if person.shop != nil { return .all }
        if event.isShared {
            let own = event.rows.filter(rows.owns)
            if !own.isEmpty, own.count == event.rows.count, judgement.isOwn || !judgement.isAboutOther { return .all }
            if !own.isEmpty {
                return .parts(own.reduce(into: [:]) { $0[$1] = rows.names[$1] ?? "" })
            }
            return judgement.isAny ? .quotation : nil
        }
        let isNamed = event.rows.contains(where: rows.named.contains)
        let isFollowed =
            event.rows.contains(where: rows.owns) || event.stored.subject.map(rows.subjects.contains) == true
        if judgement.isOwn || isNamed || isFollowed && !judgement.isAboutOther { return .all }
        return judgement.isAny ? .quotation : nil
    }

    /// Follows an event to its rows. One that is about the person leads to them; of one that names others, too, each
    /// row is judged by itself.
    private mutating func lead(to event: LoadedEvent, _ share: Share, _ judgement: PersonMatcher.Judgement) {
        let isLeading = event.isShared ? judgement.isOwn && !judgement.isAboutOther : true
        for row in event.rows where !rows.owns(row) {
            if share == .all || event.isShared && isLeading {
                rowsOfEvents.insert(row)
                suspects.insert(row)
            } else if judgement.isAny {
                if event.isShared { suspects.insert(row) }
                rows.insertQuoting(row)
            }
        }
        if share == .all { rowsOfEvents.formUnion(event.rows) }
    }

    /// Carts lead to the other events of the same cart; all other subjects have rows.
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

    /// A row is the person's if its fields match, or if an event about the person is about it and the row does not name
    /// somebody else by now.
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
            if rows.insert(document, name: row.rowID, isNamed: isMeant && row.kind == .order) {
                unfollowed.insert(document)
            }
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
            SearchSQL.eventsOfRows, [.bigints(orders), .texts(others.map(\.kind.name)), .bigints(others.map(\.id))])
        {
            places.insert(EventPlace(receivedAt: try line.timestamp("received_at"), id: try line.bigint("id")))
        }
        if let key, !subjects.isEmpty, isIndexed {
            let hashes = key.hashes(Set(subjects.map(PersonValue.subject)))
            for line in try connection.query(Self.keyed, [.bytesArray(hashes)]) where try line.bigint("kind") == 0 {
                places.insert(EventPlace(receivedAt: try line.timestamp("received_at"), id: try line.bigint("id")))
            }
        }
        candidates += places.filter { found[$0.id] != .all }
            .sorted { ($0.receivedAt, $0.id) < ($1.receivedAt, $1.id) }
    }

    func isOfShop(_ owner: String?) -> Bool {
        if let shop = person.shop { return owner == shop.lowercased() }
        guard let asking = person.askingShop, let owner else { return true }
        return owner == asking.lowercased()
    }

    static let keyed = "select * from hookledger.person_key_rows($1::bytea[])"
}
