import Postgres

/// Looks for all that is about a person: the rows first, then all events of the source, page by page. No page takes long,
/// so that whoever does this can do other things in between.
struct PersonEvents: Sendable {
    /// One event about the person.
    struct Found {
        let stored: StoredEvent
        let recordKind: String?
        let recordRow: Int64?
    }

    private let person: Person
    /// Not among what is found: the event that asks for all this.
    private let but: Int64
    private var after: (receivedAt: Int64, id: Int64) = (.min, 0)
    /// Events received later are not looked at.
    private let until: Int64
    private(set) var rows: PersonRows
    /// Whether all was looked through.
    private(set) var isOver = false

    /// How many events one page looks at.
    private static let pageSize = 2000

    /// Begins, with the rows that tell by their own columns whose they are. Events lead to more.
    /// - Parameter but: the id of an event that is left out.
    init(about person: Person, but: Int64, on connection: Connection) throws(PostgresError) {
        self.person = person
        self.but = but
        rows = try PersonRows(of: person, on: connection)
        until = try connection.query("select clock_timestamp()", []).only().timestamp(0)
    }

    /// Looks at the next page.
    mutating func next(on connection: Connection) throws(PostgresError) -> [Found] {
        let found = try connection.query(
            Self.page,
            [
                .timestamp(after.receivedAt), .bigint(after.id), .timestamp(until), .bigint(Int64(Self.pageSize)),
                .text(person.source), .bigints(rows.orders.sorted()), .bigints(rows.customers.sorted()),
                .bigints(rows.comments.sorted()), .text(person.shop), .texts(person.bodyNeedles),
                .texts(rows.subjects.sorted()),
            ])
        guard let last = found.first else {
            isOver = true
            return []
        }
        after = (try last.timestamp("last_received_at"), try last.bigint("last_id"))
        var events: [Found] = []
        for row in found where try row.optionalBigint("id") != nil {
            let event = Found(
                stored: try StoredEvent(row), recordKind: try row.optionalText("record_kind"),
                recordRow: try row.optionalBigint("record_row"))
            if let order = event.stored.orderRow { rows.insert("order", order, subject: event.stored.subject) }
            if let cart = event.stored.subject, cart.hasPrefix("cart:") { rows.subjects.insert(cart) }
            if let kind = event.recordKind, let record = event.recordRow {
                rows.insert(kind, record, subject: event.stored.subject)
            }
            if event.stored.id != but { events.append(event) }
        }
        return events
    }

    // Every page has the place of its last event, also when none of it is about the person. The shop of an event may come
    // from an unsigned header: it leads to no order of another shop.
    private static let page = """
        with page as materialized (
            select * from hookledger.events
            where (received_at, id) > ($1::timestamptz, $2::bigint) and received_at <= $3::timestamptz
            order by received_at, id limit $4::bigint),
        last as (select received_at, id from page order by received_at desc, id desc limit 1)
        select last.received_at as last_received_at, last.id as last_id, found.*
        from last left join lateral (
            select \(StoredEvent.columns), record_kind, record_row from page
            where source = $5 and (order_row = any ($6::bigint[])
                or (record_kind = 'customer' and record_row = any ($7::bigint[]))
                or (record_kind = 'comment' and record_row = any ($8::bigint[]))
                or (shop_id = $9 and not exists (
                    select from hookledger.orders as o where o.id = page.order_row and o.shop_id <> $9))
                or subject = any ($11::text[])
                or (subject like 'cart:%' and 'customer:' || hookledger.cart_customer(body) = any ($11::text[]))
                or exists (select from unnest($10::text[]) as n (needle)
                    where strpos(lower(hookledger.body_text(body)), n.needle) > 0))
        ) as found on true
        order by found.received_at, found.id
        """
}
