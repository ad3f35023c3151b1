import Jobs
import Postgres

/// What is stored about a cart, in an open transaction.
struct CartBooks {
    private let cart: Cart
    private let source: String
    /// The shop whose cart it is, where the content that was signed names one; else empty.
    private let shopKey: String
    private let connection: Connection

    /// - Parameter job: the timer, whose event tells the shop.
    init(_ cart: Cart, of source: String, for job: Job, _ connection: Connection) throws(PostgresError) {
        self.cart = cart
        self.source = source
        self.connection = connection
        let rows = try connection.query(
            CartsSQL.shopOfEvent,
            [.timestamp(job.eventReceivedAt), .bigint(job.eventID)])
        shopKey = try rows.first?.text(0) ?? ""
    }

    /// Whether the event that the timer is about belongs to a person whose data was removed.
    func isForgotten(_ job: Job) throws(PostgresError) -> Bool {
        let rows = try connection.query(
            CartsSQL.isForgotten, [.timestamp(job.eventReceivedAt), .bigint(job.eventID)])
        return try rows.first?.bool(0) ?? false
    }

    /// The order that the cart has become: one that names the cart or its checkout, or one that the same customer, by id or
    /// address, has placed since the cart was begun. An hour is allowed for events that came in the wrong order.
    func order(for job: Job) throws(PostgresError) -> String? {
        let rows = try connection.query(
            """
            (select order_id from hookledger.orders where source = $1 and ($6 = '' or shop_key in ('', $6))
                and left(cart_id, 200) = any (array(select left(n, 200) from unnest($2::text[]) as n)) limit 1)
            union all
            (select order_id from hookledger.orders where source = $1 and ($6 = '' or shop_key in ('', $6))
                and checkout_token = any (array(select left(n, 200) from unnest($2::text[]) as n)) limit 1)
            union all
            (select o.order_id from hookledger.jobs j
            join hookledger.orders o on o.source = $1 and ($6 = '' or o.shop_key in ('', $6)) and o.created_at > j.created_at - interval '1 hour'
                and o.customer_id = any (array(
                    select left($4::text, 200) where $4 is not null
                    union select left(c.customer_id, 200) from hookledger.customers c
                    where c.source = $1 and ($6 = '' or c.shop_key in ('', $6)) and lower(c.email) = lower($3::text)))
            where j.job_id = $5::bigint limit 1)
            union all
            (select o.order_id from hookledger.jobs j
            cross join lateral (
                select lower($3::text) as address where $3 is not null
                union select lower(c.email) from hookledger.customers c
                where c.source = $1 and ($6 = '' or c.shop_key in ('', $6)) and c.customer_id = $4
                    and c.email is not null) as known
            join hookledger.orders o on lower(o.email) = known.address and o.source = $1
                and ($6 = '' or o.shop_key in ('', $6)) and o.created_at > j.created_at - interval '1 hour'
            where j.job_id = $5::bigint limit 1)
            limit 1
            """,
            [
                .text(source), .texts(cart.names), .text(cart.email), .text(cart.customerID), .bigint(job.id),
                .text(shopKey),
            ])
        return try rows.first?.text(0)
    }

    /// Writes down that an action has reminded the cart's owner; false when that was written before, also when that was
    /// before the key named the shop.
    func isFirst(_ action: String, for job: Job) throws(PostgresError) -> Bool {
        let start = "cart_abandoned:\(action):\(source):"
        let key = start + (shopKey.isEmpty ? "" : EffectKeys.part(shopKey) + ":") + cart.id
        let rows = try connection.query(
            CartsSQL.keepReminder,
            [
                .text(key), .text(job.action), .text(job.kind), .bigint(job.id), .bigint(job.eventID),
                .timestamp(job.eventReceivedAt), .text(start + cart.id),
            ])
        return !rows.isEmpty
    }

    /// An action that reminds a cart's owner.
    struct Reminder: Sendable {
        /// Its name.
        let action: String
        /// How often it is tried.
        let attempts: Int
    }

    /// Makes a job of each, about the event that the timer's job is about.
    func make(_ reminders: [Reminder], for job: Job) throws(PostgresError) {
        _ = try connection.query(
            CartsSQL.makeReminders,
            [
                .texts(reminders.map(\.action)), .text(job.rule),
                .smallints(reminders.map { Int16(clamping: $0.attempts) }), .bigint(job.eventID),
                .timestamp(job.eventReceivedAt),
            ])
    }
}
