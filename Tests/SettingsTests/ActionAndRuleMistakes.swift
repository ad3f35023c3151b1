import Actions
import Settings

extension Mistake {
    private static func http(_ text: String, _ message: String) -> Mistake {
        Mistake("actions:\n  out: { kind: http, \(text) }", message)
    }

    private static func message(_ text: String, _ message: String) -> Mistake {
        Mistake(
            """
            actions:
              tell: { kind: message_customer, \(text) }
              mail: { kind: http, url: "https://example.com" }
              stock: { kind: inventory }
            """, message)
    }

    private static func mailProgram(_ text: String, _ key: String) -> Mistake {
        Mistake(
            "actions:\n  mail: { kind: email, host: /usr/sbin/sendmail, from: a@b.test, \(text) }",
            "2: actions.mail.\(key) is for a mail server, but host is the path of a program, which has settings of its "
                + "own: leave it out")
    }

    private static func moderation(_ text: String, _ message: String) -> Mistake {
        Mistake("actions: { mod: { kind: moderate_comment, \(text) } }", message)
    }

    private static func rule(_ text: String, _ message: String) -> Mistake {
        Mistake(
            """
            sources: { shop: { providers: tiktok_shop } }
            actions: { ops: { kind: http, url: "https://example.com" } }
            rules:
              - \(text)
            """, message)
    }

    private static func when(_ text: String, _ message: String) -> Mistake {
        rule("{ do: ops, when: { \(text) } }", message)
    }

    static let ofActions = [
        Mistake(
            "actions:\n  ops: { url: x }",
            "2: actions.ops must have a kind; known are: \(ActionTable.kinds.map(\.name).sorted().joined(separator: ", "))"
        ),
        Mistake(
            "actions: { ops: { kind: slak } }",
            "1: actions.ops.kind is unknown: \"slak\"; did you mean \"slack\"?"),
        Mistake("actions: { ops: { kind: slack } }", "1: actions.ops must have url"),
        Mistake(
            "actions: { ops: { kind: slack, url: \"https://hooks.slack.com/services/T/B/x\" } }",
            "1: actions.ops.url must not hold the secret itself: write { env: NAME }, { file: PATH } or "
                + "{ credential: NAME }, and rotate a secret that was written here"),
        Mistake(
            "actions: { ops: { kind: slack, url: { env: SET }, texts: hi } }",
            "1: unknown key \"texts\" in actions.ops; did you mean \"text\"?"),
        http("url: ftp://example.com", "2: actions.out.url must be a URL such as https://example.com/hook"),
        http("url: https://127.1/hook", "2: actions.out.url must be a URL such as https://example.com/hook"),
        http(
            "url: 'https://a\\@b/hook'",
            "2: actions.out.url must not hold a user and password: write { env: NAME } and replace the password"),
        http(
            "url: \"https://u:hunter2@example.com\"",
            "2: actions.out.url must not hold a user and password: write { env: NAME } and replace the password"),
        http(
            "url: \"https://e.test\", headers: { \"X Y\": a }",
            "2: actions.out.headers.X Y is no header name; use letters, digits and -"),
        http(
            "url: \"https://e.test\", headers: { X-A: \"a\\nb\" }",
            "2: actions.out.headers.X-A must not have line ends or other control characters"),
        http(
            "url: \"https://e.test\", headers: { X-Api-Key: abc }",
            "2: actions.out.headers.X-Api-Key must not hold "
                + "the secret itself: write { env: NAME }, { file: PATH } or { credential: NAME }, and rotate a secret "
                + "that was written here"),
        http(
            "url: \"https://e.test\", retries: many",
            "2: actions.out.retries must be a whole number from 0 to 20, not \"many\""),
        http(
            "url: \"https://e.test\", after_dead: stop",
            "2: actions.out.after_dead must be one of skip, block, not \"stop\""),
        message(
            "through: mial",
            "2: actions.tell.through must name an action of the kind slack, email, http, not \"mial\"; did "
                + "you mean \"mail\"?"),
        message(
            "through: stock",
            "2: actions.tell.through must name an action of the kind slack, email, http, not \"stock\"; known are: mail"
        ),
        mailProgram("port: 25", "port"), mailProgram("tls: none", "tls"), mailProgram("user: u", "user"),
        mailProgram("password: { env: SET }", "password"),
        message("phrases: [a]", "2: actions.tell.phrases must be a section of keys, not a list"),
        message(
            "phrases: { shipped: [a] }", "2: actions.tell.phrases.shipped must be a single value, not a list"),
        moderation(
            "access_token: { env: SET }", "1: actions.mod must have business_id, unless api is guide"),
        moderation(
            "api: guide",
            "1: actions.mod needs access_token: a secret, or a source of tiktok_developers with app"),
        moderation(
            "api: guide, access_token: plain",
            "1: actions.mod.access_token must not hold the secret itself: write { env: NAME }, { file: PATH } or "
                + "{ credential: NAME }, and rotate a secret that was written here"),
        moderation(
            "api: gide, business_id: b, access_token: { env: SET }",
            "1: actions.mod.api must be one of business, guide, not \"gide\""),
        moderation(
            "api: guide, access_token: { env: SET }, min_words: -1",
            "1: actions.mod.min_words must be a whole number from 0 to 100, not \"-1\""),
        moderation(
            "api: guide, access_token: { env: SET }, spam_phrases: { a: b }",
            "1: actions.mod.spam_phrases must be a list, not a section"),
    ]

    static let ofRules = [
        Mistake(
            "rules: { do: ops }",
            "1: rules must be a list, each element with do: and mostly when:, not a section"),
        rule("{ when: { type: order.created } }", "4: rules[0] must name what to do, such as do: [ops]"),
        rule("{ do: [opz] }", "4: unknown action \"opz\" in rules[0].do; did you mean \"ops\"?"),
        rule("{ do: [ops, ops] }", "4: rules[0].do names \"ops\" twice; keep one of them"),
        rule(
            "{ do: ops, flags: send_welcome_mesage }",
            "4: unknown flag \"send_welcome_mesage\" in rules[0].flags; "
                + "did you mean \"send_welcome_message\"?"),
        rule(
            "{ do: ops, if: x }",
            "4: unknown key \"if\" in rules[0]; known are: becomes, changed, do, flags, name, once, reconciled, when"),
        rule(
            "{ do: ops, name: a }\n  - { do: ops, name: a }",
            "5: rules[1].name is used by another rule: \"a\"; give each rule its own name"),
        when("source: shp", "4: unknown source \"shp\" in rules[0].when.source; did you mean \"shop\"?"),
        when(
            "provider: { in: [tiktok_shop, ebey] }",
            "4: unknown provider \"ebey\" in rules[0].when.provider.in; did you mean \"ebay\"?"),
        when(
            "product.pricee: 5",
            "4: the field \"product.pricee\" in rules[0].when is unknown; did you mean product.price?"),
        when(
            "product.variants.first: 5",
            "4: the field \"product.variants.first\" in rules[0].when must have a position from 0 after variants, such "
                + "as product.variants.0.sku"),
        when(
            "customer.email.domain: x",
            "4: the field \"customer.email.domain\" in rules[0].when does not exist: customer.email has no fields of its "
                + "own"),
        when(
            "comment.likes: 5",
            "4: the field \"comment.likes\" in rules[0].when is unknown; fields that only the sender knows are "
                + "comment.extra.<name>"),
        when(
            "event.orgin: replay", "4: the field \"event.orgin\" in rules[0].when is unknown; did you mean \"origin\"?"),
        when(
            "event.origin.x: 1",
            "4: the field \"event.origin.x\" in rules[0].when does not exist: event.origin has no fields of its own"),
        when("order.state: x", "4: the field \"order.state\" in rules[0].when is unknown; did you mean order.stage?"),
        when(
            "order.gift_note: x",
            "4: the field \"order.gift_note\" in rules[0].when is unknown; fields that only the "
                + "sender knows are order.extra.<name>"),
        when(
            "order: x", "4: the field \"order\" in rules[0].when must name a field of the order, such as order.status"),
        when(
            "order.extra: x",
            "4: the field \"order.extra\" in rules[0].when must name a field, such as order.extra.gift_note"),
        when(
            "order.status.x: y",
            "4: the field \"order.status.x\" in rules[0].when does not exist: order.status has "
                + "no fields of its own"),
        when(
            "order.items.first.sku: x",
            "4: the field \"order.items.first.sku\" in rules[0].when must have a position "
                + "from 0 after items, such as order.items.0.sku"),
        when(
            "order.items.0.skus: x",
            "4: the field \"order.items.0.skus\" in rules[0].when is unknown; did you mean \"sku\"?"),
        when(
            "order..status: x",
            "4: the field \"order..status\" in rules[0].when is not a field; write for example "
                + "order.status"),
        when("type.x: y", "4: the field \"type.x\" in rules[0].when does not exist: type has no fields of its own"),
        when("oder.status: x", "4: the field \"oder.status\" in rules[0].when is unknown; did you mean \"order\"?"),
        when(
            "order.total_amount: { gte: lots }",
            "4: rules[0].when.order.total_amount.gte must be a number such as 50 or 24.90, not \"lots\""),
        when(
            "order.total_amount: { ge: 1 }",
            "4: unknown key \"ge\" in rules[0].when.order.total_amount; known are: eq, exists, gt, gte, in, lt, lte, ne, "
                + "prefix"),
        when("order.total_amount: { }", "4: rules[0].when.order.total_amount must have a test, such as { gte: 50 }"),
        when("order.status: []", "4: rules[0].when.order.status must have at least one value"),
        when("order.status: [[a]]", "4: rules[0].when.order.status must hold single values, not a list"),
        when(
            "order.status: { exists: perhaps }",
            "4: rules[0].when.order.status.exists must be true or false, not \"perhaps\""),
    ]
}
