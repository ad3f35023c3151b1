import HTTPReceiver
import LocalStack
import Platform
import StackSuite

/// The stacks that the inspector page is looked at with.
enum InspectorStack {
    /// The same for whoever reads without a token, as on the stack of `make up`.
    static func configureOpen(_ options: inout StackOptions) throws {
        try TestStack.useRealPrograms(
            &options, configuration: "api: { anonymous_read: loopback }\n" + (try withTwoDestinations()))
    }

    /// Orders whose status is DOOMED make jobs that a destination refuses, the first four that come to it; those whose
    /// status is STUCK make some that another one refuses always.
    static func configure(_ options: inout StackOptions) throws {
        try TestStack.useRealPrograms(&options, configuration: withTwoDestinations())
    }

    private static func withTwoDestinations() throws -> String {
        configuration(
            try receiver.get().url, sources: comments,
            actions: #"  stuck: { kind: http, url: "\#(try refuser.get().url)", backoff: 400ms }"#,
            rule: "when: { order.status: STUCK }\n    do: [stuck]\n  - when: { order.status: DOOMED }")
    }

    /// A source of comments; those of one word wait for a person.
    static let comments = """
          tiktok:
            paths: [/webhook]
            providers:
              tiktok_comments_guide: { secrets: { env: WEBHOOK_SECRET } }
        """

    /// What they say of their refusals is what a hostile destination would say.
    private static let receiver = Result {
        try Receiver { number, _ in number <= 4 ? .say(400, hostile) : .answer(200) }
    }
    private static let refuser = Result { try Receiver { _, _ in .say(400, hostile) } }

    private static let hostile = String(
        repeating: "<script>window.owned=9</script>\u{202E}\u{200B}moc.live ", count: 1_000)

    /// One source and more, and a destination.
    ///
    /// - Parameters:
    ///   - sources: further ones, as lines of YAML below `sources:`.
    ///   - actions: further ones, below `actions:`.
    ///   - rule: which events go there.
    static func configuration(
        _ url: String, sources: String = "", actions: String = "", rule: String
    ) -> String {
        """
        \(StackYAML.tikTokShop)
        \(sources)
        alerts: { silent: { tiktok: 1min } }
        actions:
          erp: { kind: http, url: "\(url)", backoff: 400ms }
          moderate: { kind: moderate_comment, api: guide, access_token: { env: WEBHOOK_SECRET }, base_url: "\(url)" }
        \(actions)
        rules:
          - \(rule)
            do: [erp]
          - when: { type: comment.created }
            do: [moderate]

        """
    }

    /// Stores what another source has sent some minutes ago, and nothing since.
    static func storeSilent(_ books: StackBooks, _ source: String) throws {
        _ = try books.lines(
            """
            insert into events select c.* from events as e,
                lateral jsonb_populate_record(e, jsonb_build_object('id', nextval('event_ids'), 'source', '\(source)',
                    'received_at', e.received_at - interval '5 minutes')) as c
            where e.id = (select max(id) from events where origin = 'delivery')
            """)
    }

    /// Writes down what a provider would say is registered with it.
    static func register(_ books: StackBooks, _ provider: String, _ url: String) throws {
        _ = try books.lines(
            """
            insert into registered_webhooks (provider, address, webhooks) values ('\(provider)',
                'https://\(provider).example/api', '[{"id":"1","events":["orders/create"],"url":"\(url)","status":"active"}]')
            """)
    }

    /// Stores two authorizations, one of which was revoked. No page gets their tokens, so any bytes do.
    static func storeTokens(_ books: StackBooks) throws {
        _ = try books.lines(
            """
            insert into credentials (source, account, kind, obtained_by, state, reason, key_id, access_token, expires_at,
                authorized_at, refreshed_at)
            values ('tiktok-shop', 'seller-1', 'tiktok_shop', 'code', 'valid', null, 'k', 'x', now() + interval '5 days',
                    now() - interval '9 days', now() - interval '2 days'),
                ('tiktok-shop', 'seller-2', 'tiktok_shop', 'code', 'revoked', 'the refresh was refused: code 36004004', 'k', 'x',
                    now() - interval '1 day', now() - interval '9 days', now() - interval '8 days')
            """)
        _ = try books.lines(
            """
            insert into credential_shops (source, account, shop, name, region, currency)
            values ('tiktok-shop', 'seller-1', '7001', 'Mugs', 'GB', 'GBP'),
                ('tiktok-shop', 'seller-2', '7002', 'More mugs', 'DE', 'EUR')
            """)
    }

    /// Stores copies of what is there, the same number of every event, over the time before.
    static func multiply(_ books: StackBooks, by copies: Int, over time: String) throws {
        // A record is copied as a whole, whatever columns it has, with another id and another time.
        let events = """
            insert into events select c.* from events as e, generate_series(1, \(copies)) as n,
                lateral jsonb_populate_record(e, jsonb_build_object('id', nextval('event_ids'), 'sequence', n,
                    'written_by', pg_current_xact_id()::text,
                    'received_at', e.received_at - interval '1 minute' - random() * interval '\(time)')) as c
            """
        _ = try books.lines(events)
        _ = try books.lines("analyze events")
    }
}
