public import Postgres

/// Lists of orders, the newest first.
public enum OrderPages {
    /// A page of orders, each with its row's id. A filter that orders are compared with looks no further than a step
    /// (``SearchStep``).
    /// - Parameter limit: the most rows.
    public static func page(
        _ filter: OrderQueries.Filter, limit: Int, detail: OrderQueries.Detail, on connection: Connection
    ) throws(PostgresError) -> RowPage {
        let isOfShop = filter.shop != nil && filter == OrderQueries.Filter(shop: filter.shop, before: filter.before)
        var end: RowPage.End?
        if filter.orderID == nil, filter.processed == false {
            end = try waitingEnd(filter, on: connection)
        } else if filter.skipsRows, !isOfShop {
            end = try RowPage.end(of: "order_list", before: filter.before, step: SearchStep.rows, on: connection)
        }
        return RowPage(
            try rows(filter, back: end, limit: limit + 1, detail: detail, on: connection), limit: limit, end: end)
    }

    /// The orders of a shop, or of an id, by their place in the list.
    /// - Parameters:
    ///   - offset: how many come before.
    ///   - limit: the most rows.
    public static func list(
        _ filter: OrderQueries.Filter, offset: Int = 0, limit: Int, detail: OrderQueries.Detail,
        on connection: Connection
    ) throws(PostgresError) -> [JSONText] {
        try rows(filter, back: nil, offset: offset, limit: limit, detail: detail, on: connection).map(\.row)
    }

    private static func rows(
        _ filter: OrderQueries.Filter, back end: RowPage.End?, offset: Int = 0, limit: Int, detail: OrderQueries.Detail,
        on connection: Connection
    ) throws(PostgresError) -> [(id: Int64, row: JSONText)] {
        var conditions = Conditions()
        conditions.add("o.id >= $?::bigint", end?.id) { .bigint($0) }
        filter.add(to: &conditions)
        let page: String
        if let shop = filter.shop {
            // Each of the two names has an index in the order of the list.
            let name = conditions.bind(.text(shop)) + "::text"
            let halves = ["o.shop_id = \(name)", "o.shop_key <> '' and o.shop_key = \(name)"].map { half in
                """
                (select o.id from hookledger.order_list as o where \(half) and \(conditions.sql)
                    order by o.id desc limit \(offset + limit))
                """
            }
            page = "\(halves.joined(separator: " union ")) order by id desc"
        } else if filter.processed == false {
            // From the jobs, which are in the order of their orders.
            page = """
                select o.id
                from (
                    select distinct j.order_row from hookledger.jobs as j
                    where j.order_row is not null and \(bounds(filter, end, &conditions)) order by j.order_row desc
                ) as open
                cross join lateral (
                    select o.id from hookledger.order_list as o where o.id = open.order_row and \(conditions.sql) limit 1
                ) as o
                order by open.order_row desc
                """
        } else {
            var busy = ""
            if filter.processed == true {
                let bounds = bounds(filter, end, &conditions)
                conditions.add("not exists (select from busy as b where b.order_row = o.id)")
                busy = """
                    with busy as materialized (select j.order_row from hookledger.jobs as j
                        where j.order_row is not null and \(bounds))
                    """
            }
            page = "\(busy) select o.id from hookledger.order_list as o where \(conditions.sql) order by o.id desc"
        }
        return try connection.identifiedRows(
            """
            select \(OrderQueries.columns(detail)) from \(OrderQueries.states)
            where s.id = any (array(\(page) limit \(limit) offset \(offset))) order by s.id desc
            """, conditions.parameters)
    }

    /// The bounds of the list as conditions on `j`.
    private static func bounds(
        _ filter: OrderQueries.Filter, _ end: RowPage.End?, _ conditions: inout Conditions
    ) -> String {
        var jobs = Conditions(after: conditions.parameters)
        jobs.add("j.order_row < $?::bigint", filter.before) { .bigint($0) }
        jobs.add("j.order_row >= $?::bigint", end?.id) { .bigint($0) }
        conditions.take(jobs.parameters)
        return jobs.sql
    }

    /// Where a step among the orders with jobs ends; nil if it looks at all of them.
    private static func waitingEnd(
        _ filter: OrderQueries.Filter, on connection: Connection
    ) throws(PostgresError) -> RowPage.End? {
        let sql = """
            select o.id, to_jsonb(o.created_at) #>> '{}' as at
            from (
                select distinct j.order_row from hookledger.jobs as j
                where j.order_row is not null and ($1::bigint is null or j.order_row < $1)
                order by j.order_row desc offset \(SearchStep.lookedUp - 1) limit 1
            ) as last
            cross join lateral (
                select o.id, o.created_at from hookledger.order_list as o where o.id <= last.order_row
                order by o.id desc limit 1
            ) as o
            """
        return try RowPage.end(sql, [.bigint(filter.before)], on: connection)
    }
}

extension OrderQueries.Filter {
    /// Adds the conditions on `o` (order_list), without the shop's name and ``processed``.
    fileprivate func add(to conditions: inout Conditions) {
        conditions.add("o.source = $?::text", source) { .text($0) }
        conditions.add("o.source = any ($?::text[])", sources) { .texts($0) }
        conditions.add("o.shop_key = $?::text", shopKey) { .text($0) }
        conditions.add("o.status = $?::text", status) { .text($0) }
        conditions.add("o.order_id = $?::text", orderID) { .text($0) }
        conditions.add("o.id < $?::bigint", before) { .bigint($0) }
        conditions.add(
            """
            strpos(lower(concat_ws(' ', o.order_id, o.order_number, o.email, o.customer_name, o.tracking_number)),
                lower($?::text)) > 0
            """, text
        ) { .text($0) }
    }

    /// Whether an order may be skipped for what is in one of its columns, rather than found by an index.
    fileprivate var skipsRows: Bool {
        orderID == nil
            && (source != nil || sources != nil || shop != nil || shopKey != nil || status != nil || processed != nil
                || text != nil)
    }
}
