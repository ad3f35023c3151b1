package import JSON

extension ShopStandIns {
    /// An event of Stripe, or an attempt at a delivery of GitHub.
    package func put(_ entry: JSONValue, in list: EventList) throws {
        try control(["op": "put", "shop": .string(list.rawValue), "order": entry])
    }

    /// Whether Stripe's endpoint is enabled.
    package func setWebhook(_ isOn: Bool, of list: EventList) throws {
        try control(["op": "webhook", "shop": .string(list.rawValue), "on": .bool(isOn)])
    }

    /// The token that it takes; `test-token` at first.
    package func setToken(_ token: String, of list: EventList) throws {
        try control(["op": "token", "shop": .string(list.rawValue), "token": .string(token)])
    }

    /// The next answers of its list have a fault of shops.py or event_lists.py.
    /// - Parameters:
    ///   - isChange: whether they are the answers to requests that change something.
    ///   - skip: how many go by before.
    package func inject(
        _ fault: String, of list: EventList, times: Int = 1, skip: Int = 0, isChange: Bool = false
    ) throws {
        try control([
            "op": "fault", "shop": .string(list.rawValue + (isChange ? "-change" : "")), "fault": .string(fault),
            "times": .number(JSONNumber(Int64(times))), "skip": .number(JSONNumber(Int64(skip))),
        ])
    }

    /// Its webhooks from now on, each with `id`, `topic` (its events), `address`, `status`, and `last` (GitHub) or `version`
    /// (Stripe).
    package func setHooks(_ hooks: JSONValue, of list: EventList = .github) throws {
        try control(["op": "subscriptions", "shop": .string(list.rawValue), "list": hooks])
    }

    /// When GitHub says that its token ends.
    package func setTokenEnd(_ text: String) throws { try control(["op": "ends", "text": .string(text)]) }

    /// Its webhooks now, and the bodies of the requests that changed them.
    package func hooks(of list: EventList = .github) throws -> (list: [JSONValue], sent: [JSONValue]) {
        let answer = try control(["op": "subscriptions", "shop": .string(list.rawValue)])
        return (answer["list"]?.array ?? [], answer["sent"]?.array ?? [])
    }

    /// The deliveries that GitHub was asked to repeat, in their order.
    package func askedAgain() throws -> [String] {
        try control(["op": "asked_again"]).array?.compactMap(\.string) ?? []
    }

    /// How many requests it got.
    package func asked(_ list: EventList) throws -> Int {
        Int(try control(["op": "asked"])[list.rawValue]?.integer ?? 0)
    }
}
