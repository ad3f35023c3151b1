import Postgres

/// The rows that are about a person.
struct PersonRows: Sendable {
    /// `orders.id`.
    var orders: Set<Int64> = []
    /// `customers.id`.
    var customers: Set<Int64> = []
    /// `comments.id`.
    var comments: Set<Int64> = []
    /// What other events call them, such as the shipments of an order: `order:1001`; also the person's carts.
    var subjects: Set<String>

    /// Finds them by what their own columns say. Events may lead to more.
    init(of person: Person, on connection: Connection) throws(PostgresError) {
        subjects = Set(person.customerIDs.map { "customer:" + $0 } + person.orderIDs.map { "order:" + $0 })
        let rows = try connection.query(
            Self.find,
            [
                .text(person.source), .texts(person.orderIDs), .texts(person.emails.map { $0.lowercased() }),
                .texts(person.phones), .texts(person.customerIDs), .text(person.shop),
            ])
        for row in rows {
            insert(try row.text("kind"), try row.bigint("id"), subject: try row.text("subject"))
        }
    }

    mutating func insert(_ kind: String, _ row: Int64, subject: String?) {
        if kind == "order" || kind == "customer", let subject { subjects.insert(subject) }
        switch kind {
        case "order": orders.insert(row)
        case "customer": customers.insert(row)
        case "comment": comments.insert(row)
        default: break
        }
    }

    private static let find = """
        select 'order' as kind, id, 'order:' || order_id as subject from hookledger.orders
        where source = $1 and (shop_id = $6 or order_id = any ($2::text[]) or lower(email) = any ($3::text[])
            or order_data ->> 'phone' = any ($4::text[]) or extra -> 'customer' ->> 'id' = any ($5::text[])
            or coalesce(extra ->> 'customer_id', extra ->> 'customerId') = any ($5::text[]))
        union all
        select 'customer', id, 'customer:' || customer_id from hookledger.customers
        where source = $1 and (customer_id = any ($5::text[]) or lower(email) = any ($3::text[])
            or phone = any ($4::text[]))
        union all
        select 'comment', id, 'comment:' || comment_id from hookledger.comments
        where source = $1 and user_id = any ($5::text[])
        """
}
