import Postgres

extension PersonSearch {
    /// Finds the matches of ids and index, and the rows not indexed yet.
    mutating func begin(on connection: Connection) throws(PostgresError) {
        isBegun = true
        until = try connection.query("select clock_timestamp()", []).only().timestamp(0)
        if let shop = person.shop { return try begin(with: shop, on: connection) }
        rows.subjects.formUnion(person.customerIDs.map { "customer:" + $0 } + person.orderIDs.map { "order:" + $0 })
        let named = try connection.query(
            "select * from hookledger.person_rows($1, $2::text[], $3::text[], '{}', '{}', '{}')",
            [.text(person.source), .texts(person.customerIDs), .texts(person.orderIDs)])
        for line in named {
            let row = try PersonRowPage(line)
            judge(row, isNamed: row.isNamed)
        }
        // The index follows transaction numbers, which another cluster has assigned.
        let isForeign = try connection.query("select hookledger.is_from_other_cluster()").only().bool(0)
        guard let key, !isForeign, let state = try IndexState.load(key, on: connection) else {
            report.indexFault =
                if isForeign {
                    "the database was restored from another cluster (hookledger migrate)"
                } else if key == nil {
                    "there is no key for the index (hookledger keys create)"
                } else {
                    "the index was not started with this key yet"
                }
            unknownRows = try IndexState.allRows(on: connection)
            backlog = EventPlace(receivedAt: .min, id: 0)
            return
        }
        isIndexed = true
        unknownRows = state.rows
        backlog = state.backlog.map { EventPlace(receivedAt: $0.receivedAt, id: $0.id) }
        live = (state.seen, ("0", 0))
        if backlog != nil || !unknownRows.isEmpty { report.indexFault = "the index is still being filled" }
        let values = PersonValue.all(of: person, matcher, subjects: rows.subjects).union([.overflow])
        for line in try connection.query(Self.keyed, [.bytesArray(key.hashes(values))]) {
            let id = try line.bigint("id")
            switch PersonDocument.Kind(rawValue: Int16(clamping: try line.bigint("kind"))) {
            case .event:
                candidates.append(EventPlace(receivedAt: try line.optionalTimestamp("received_at") ?? 0, id: id))
            case .some(let kind):
                let document = PersonDocument(kind: kind, id: id)
                if !rows.owns(document) { suspects.insert(document) }
            case nil: break
            }
        }
    }

    /// All of a shop: every event is read, because the index has no shops.
    private mutating func begin(with shop: String, on connection: Connection) throws(PostgresError) {
        backlog = EventPlace(receivedAt: .min, id: 0)
        let orders = try connection.query(
            "select id from hookledger.person_shop_orders($1, $2)", [.text(person.source), .text(shop)])
        for line in orders { suspects.insert(PersonDocument(kind: .order, id: try line.bigint(0))) }
    }
}
