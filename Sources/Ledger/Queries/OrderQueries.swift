public import Postgres

/// Queries about orders. Rows are JSON objects.
public enum OrderQueries {
    /// A filter of orders; nil does not restrict.
    public struct Filter: Sendable, Hashable {
        /// Of that source.
        public var source: String?
        /// Of one of these sources.
        public var sources: [String]?
        /// Of that shop, as the order's fields or its key name it.
        public var shop: String?
        /// Of the shop with that key: host and path, or the store's id.
        public var shopKey: String?
        /// With this status.
        public var status: String?
        /// With this id, as the provider writes it.
        public var orderID: String?
        /// Whether none of their jobs is open or dead.
        public var processed: Bool?
        /// With this text in an identifying field, case-insensitive.
        public var text: String?
        /// With a smaller row id: the next page.
        public var before: Int64?

        /// All orders.
        public init() {}

        /// Those of a shop.
        init(shop: String?, before: Int64?) {
            (self.shop, self.before) = (shop, before)
        }
    }

    /// A complete order with its fields, or the columns of a list.
    public enum Detail: Sendable {
        case whole, summary
    }

    /// One order by its row; nil when there is none.
    /// - Parameter sources: of one of these; nil for all.
    public static func order(
        _ row: Int64, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> JSONText? {
        try connection.jsonRows(
            """
            select \(columns(.whole)) from \(states) where s.id = $1::bigint and ($2::text[] is null or s.source = any ($2))
            """, [.bigint(row), .optionalTexts(sources)]
        ).first
    }

    /// The sources that have an order of that id, and the shops of it.
    /// - Parameter filter: its `source` and `sources` count.
    public static func owners(
        ofOrder id: String, _ filter: Filter, on connection: Connection
    ) throws(PostgresError) -> (sources: [String], shops: [String]) {
        var (sources, shops): ([String], [String]) = ([], [])
        let sql = """
            select source, shop_key from hookledger.order_list
            where order_id = $1::text and ($2::text is null or source = $2)
                and ($3::text[] is null or source = any ($3)) order by source, shop_key limit 100
            """
        for row in try connection.query(sql, [.text(id), .text(filter.source), .optionalTexts(filter.sources)]) {
            let (source, shop) = (try row.text(0), try row.text(1))
            if sources.last != source { sources.append(source) }
            if !shop.isEmpty { shops.append(shop) }
        }
        return (sources, shops)
    }

    /// The shops with an order of this id, if several shops of one source have one; empty if the id is unique.
    /// - Parameter sources: of these; nil for all.
    public static func rivals(
        ofOrder id: String, in sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [String] {
        var shops: [String] = []
        for row in try connection.query(
            """
            select distinct o.shop_key from hookledger.order_list as o
            where o.order_id = $1::text and ($2::text[] is null or o.source = any ($2)) and exists (
                select from hookledger.order_list as s
                where s.order_id = o.order_id and s.source = o.source and s.shop_key <> o.shop_key)
            order by o.shop_key limit 100
            """, [.text(id), .optionalTexts(sources)])
        {
            shops.append(try row.text(0))
        }
        return shops
    }

    /// Orders with jobs that are open or dead, the oldest first.
    /// - Parameter sources: of one of these, among the oldest ``SearchStep/lookedUp``; nil for all.
    public static func unprocessed(
        limit: Int, of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        let looked = sources == nil ? limit : max(limit, SearchStep.lookedUp)
        return try connection.jsonRows(
            """
            select \(columns(.summary)) from \(states)
            where s.id = any (array(select distinct j.order_row from hookledger.jobs as j
                where j.order_row is not null order by j.order_row limit \(looked)))
                and ($1::text[] is null or s.source = any ($1))
            order by s.id limit \(limit)
            """, [.optionalTexts(sources)])
    }

    /// Changes of an order, newest first.
    public static func changes(
        of row: Int64, limit: Int, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select event_id, received_at, field, old, new from hookledger.order_events
            where order_row = $1::bigint order by event_id desc, field limit \(limit)
            """, [.bigint(row)])
    }

    /// Orders counted and summed by source, shop, status and currency.
    /// - Parameter sources: of these; nil for all.
    public static func statistics(
        of sources: [String]? = nil, on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try connection.jsonRows(
            """
            select source, shop_id, status, currency, orders, total_amount, unprocessed, first_created, last_updated, as_of
            from hookledger.order_statistics where $1::text[] is null or source = any ($1)
            order by orders desc, source, shop_id, status, currency limit 1000
            """, [.optionalTexts(sources)])
    }

    /// The orders `s`, and the outcome of each, `j`.
    static let states = """
        hookledger.order_states as s
        cross join lateral hookledger.order_outcome(s.id, s.created_at, s.updated_at) as j
        """

    static func columns(_ detail: Detail) -> String {
        """
        s.id, s.source, s.order_id, s.provider, s.status, s.status as order_status, s.stage, s.shop_id, s.shop_key,
        s.order_number, s.total_amount, s.shipping_fee, s.currency, s.email, s.email as buyer_email, s.customer_name,
        s.tracking_number, j.processed, j.processed_at, j.open_jobs, j.dead_jobs, j.held_jobs, j.error_message,
        s.created_at, s.updated_at\(detail == .whole ? ", s.refunded_amount, s.order_data, s.extra, s.unverified_fields" : "")
        """
    }
}
