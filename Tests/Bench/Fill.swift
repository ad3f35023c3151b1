import Postgres

/// Rows as the responder would have written them, many at once.
struct Fill {
    private let stand: Stand
    private let database: String

    init(_ stand: Stand, database: String) {
        self.stand = stand
        self.database = database
    }

    /// That many events with their receipts, two of each order, over the last days; everything settled afterwards.
    func events(_ count: Int) throws {
        let connection = try stand.connect(database)
        try connection.execute(
            """
            begin;
            set local synchronous_commit = off;
            insert into orders (source, order_id, provider, order_data, extra, clocks, last_event_id,
                last_event_received_at)
            select 'tiktok-shop', 'filled-' || n, 'tiktok_shop_guide',
                jsonb_build_object('status', 'AWAITING_COLLECTION', 'shop_id', 'shop_123456', 'total_amount', 49.98,
                    'shipping_fee', 5.00, 'currency', 'USD', 'email', 'customer-' || n || '@example.com',
                    'customer_name', 'John Doe'),
                '{}', jsonb_build_object('*', jsonb_build_array(1, 1700000000000000 + n, 0, 0, 'filled')), n, now()
            from generate_series(1, greatest(1, \(count) / 2)) as n;
            insert into events (id, received_at, source, provider, provider_type, type, subject, shop_id, occurred_at,
                order_row, disposition, changes, verification, scheme, key_id, request_id, remote_addr, method, path,
                query, headers, body)
            select nextval('event_ids'), now() - interval '5 days' * (1 - n / \(count)::float8), 'tiktok-shop',
                'tiktok_shop_guide', 'order_created', 'order.created', 'order:filled-' || o.order_id, 'shop_123456', now(), o.order_row,
                'applied', jsonb_build_object('status', jsonb_build_array('AWAITING_SHIPMENT', 'AWAITING_COLLECTION')),
                'signature', 'tiktok_shop_guide', 'default', md5(n::text), '192.0.2.1', 'POST', '\(Deliveries.path)', '',
                '[["content-type", "application/json"], ["user-agent", "TikTokShop"], ["content-length", "742"]]',
                convert_to('{"filled":"' || repeat(md5(n::text), 20) || '"}', 'UTF8')
            from generate_series(1, \(count)) as n
            cross join lateral (select (n + 1) / 2 as order_id, (n + 1) / 2 as order_row) as o;
            insert into receipts (source, dedupe_key, event_id, received_at)
            select 'tiktok-shop', sha256(convert_to(e.id::text, 'UTF8')), e.id, e.received_at from events as e;
            commit;
            """)
        try settle(connection)
    }

    /// That many jobs of one action, all due, each of another order; what earlier ones left is removed.
    func jobs(_ count: Int, action: String, kind: String) throws {
        let connection = try stand.connect(database)
        try connection.execute("truncate jobs, job_attempts, effects restart identity cascade")
        try connection.execute(
            """
            insert into jobs (action, kind, rule, order_row, event_id, event_received_at)
            select '\(action)', '\(kind)', 'every-event', e.order_row, e.id, e.received_at
            from (select distinct on (order_row) * from events order by order_row, id limit \(count)) as e
            """)
        try settle(connection, "jobs, job_attempts, effects")
    }

    private func settle(_ connection: Connection, _ tables: String = "") throws {
        try connection.execute("vacuum analyze \(tables)")
        try connection.execute("checkpoint")
    }
}
