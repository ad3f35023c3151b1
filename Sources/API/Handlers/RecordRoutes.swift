import JSON
import Ledger
import Postgres
import Providers
import Settings
import Verification
import Webhooks

/// Sources, orders, conversations.
enum RecordRoutes {
    static let all = [
        Route.get("/api/v2/sources", sources).confined,
        Route.get("/api/v2/registered-webhooks", registeredWebhooks).confined,
        Route.get("/api/v2/credentials", credentials).confined,
        Route.get(
            "/api/v2/orders", orders,
            query: ["source", "shop", "status", "order_id", "processed", "q", "limit", "before"]
        ).confined,
        Route.get("/api/v2/orders/{id}", order).confined,
        Route.get("/api/v2/orders/{id}/changes", changes, query: ["limit"]).confined,
        Route.get("/api/v2/orders/{id}/timeline", timeline, query: ["limit"]).confined,
        Route.get("/api/v2/schema-changes", schemaChanges, query: ["source", "limit", "before"]).confined,
        Route.get("/api/v2/conversations", conversations, query: ["source", "limit", "before"]).confined,
        Route.get("/api/v2/conversations/{id}/messages", messages, query: ["after_id", "limit"]).confined,
    ]

    @Sendable private static func sources(_ call: Call) throws(Problem) -> Answer {
        let sources = call.settings.sources.filter { call.sources?.contains($0.name) ?? true }
        let activity = try call.store { connection throws(PostgresError) in
            try SourceQueries.activity(of: sources.map(\.name), on: connection)
        }
        return .rows(
            zip(sources, activity).map { source, row in
                let policies = source.contracts.map(\.verification)
                let weakest = policies.contains(.none) ? "none" : policies.contains(.optional) ? "optional" : "required"
                let keys = source.contracts.flatMap(\.secretNames)
                let unique = keys.enumerated().filter { !keys[..<$0.offset].contains($0.element) }.map(\.element)
                return JSONText(
                    [
                        "name": .string(source.name), "providers": .array(source.providers.map { .string($0) }),
                        "paths": .array(source.paths.map { .string($0) }), "verification": .string(weakest),
                        "accepts_unsigned": .bool(weakest != "required"),
                        "secrets": .array(unique.map { .string($0) }),
                    ]
                ).merging(row).adding([
                    "silent_after_seconds": call.settings.alerts.silent[source.name].map {
                        .number($0.wholeMilliseconds / 1000)
                    } ?? .string(nil)
                ])
            })
    }

    @Sendable private static func registeredWebhooks(_ call: Call) throws(Problem) -> Answer {
        // A registration has a provider and a URL, but no source.
        if call.sources != nil { return .rows([]) }
        return .rows(
            try call.store { connection throws(PostgresError) in
                try RegisteredWebhooks.list(on: connection)
            })
    }

    @Sendable private static func schemaChanges(_ call: Call) throws(Problem) -> Answer {
        let source = try call.query.text("source")
        return try page(call) { limit, before, connection throws(PostgresError) in
            try SchemaChanges.list(source: source, of: call.sources, before: before, limit: limit, on: connection)
        }
    }

    @Sendable private static func credentials(_ call: Call) throws(Problem) -> Answer {
        let sources = call.sources
        return .rows(
            try call.store { connection throws(PostgresError) in
                try SourceQueries.credentials(of: sources, on: connection)
            })
    }

    @Sendable private static func orders(_ call: Call) throws(Problem) -> Answer {
        let query = call.query
        var filter = OrderQueries.Filter()
        filter.source = try query.text("source")
        filter.sources = call.sources
        filter.shop = try query.text("shop")
        filter.status = try query.text("status")
        filter.orderID = try query.text("order_id")
        filter.processed = try query.bool("processed")
        filter.text = try query.text("q")
        filter.before = try query.rowBefore()
        return try page(call) { [filter] limit, _, connection throws(PostgresError) in
            try OrderPages.page(filter, limit: limit, detail: .summary, on: connection)
        }
    }

    @Sendable private static func order(_ call: Call) throws(Problem) -> Answer { .ok(try existingOrder(call)) }

    @Sendable private static func changes(_ call: Call) throws(Problem) -> Answer {
        let (id, limit) = (try call.id(), try call.query.limit(most: 1000))
        _ = try existingOrder(call)
        return .rows(
            try call.store { connection throws(PostgresError) in
                try OrderQueries.changes(of: id, limit: limit, on: connection)
            })
    }

    @Sendable private static func timeline(_ call: Call) throws(Problem) -> Answer {
        let (id, limit) = (try call.id(), try call.query.limit(most: 1000))
        _ = try existingOrder(call)
        return .rows(
            try call.store { connection throws(PostgresError) in
                try Timelines.ofOrder(id, limit: limit, on: connection)
            })
    }

    @Sendable private static func conversations(_ call: Call) throws(Problem) -> Answer {
        let source = try call.query.text("source")
        return try page(call) { limit, before, connection throws(PostgresError) in
            try RecordQueries.conversations(
                source: source, of: call.sources, before: before, limit: limit, on: connection)
        }
    }

    @Sendable private static func messages(_ call: Call) throws(Problem) -> Answer {
        let (id, limit) = (try call.id(), try call.query.limit(most: 1000))
        let after = try call.query.integer("after_id", 0...Int64.max) ?? 0
        let found = try call.store { connection throws(PostgresError) in
            try RecordQueries.messages(of: id, in: call.sources, after: after, limit: limit, on: connection)
        }
        guard let found else { throw .notFound("Conversation \(id)") }
        return .rows(found)
    }

    private static func existingOrder(_ call: Call) throws(Problem) -> JSONText {
        let id = try call.id()
        let found = try call.store { connection throws(PostgresError) in
            try OrderQueries.order(id, of: call.sources, on: connection)
        }
        guard let found else { throw .notFound("Order \(id)") }
        return found
    }

    /// A page of rows that are sorted by id, with the cursor of the next one.
    static func page(
        _ call: Call, _ read: (Int, Int64?, Connection) throws(PostgresError) -> RowPage
    ) throws(Problem) -> Answer {
        let (limit, before) = (try call.query.limit(most: 200), try call.query.rowBefore())
        let page = try call.store { connection throws(PostgresError) in try read(limit, before, connection) }
        return .ok(
            .object([
                "data": .array(page.rows.map(\.row)), "next": .string(page.next.map { String($0) }),
                "searched_to": .string(page.searchedTo),
            ]))
    }
}
