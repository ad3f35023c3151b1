import Ledger
import Postgres
import Webhooks

/// The routes of the TikTok Shop guide, with its envelope `{"success": …, "data": …}`.
enum GuideRoutes {
    static let all =
        [
            Route.get("/api/orders/{id}", order, query: ["source", "shop"], isEnveloped: true).confined,
            Route.get("/api/orders/shop/{shop}", shopOrders, query: ["limit", "offset"], isEnveloped: true).confined,
            Route.get("/api/orders/queue/unprocessed", unprocessed, query: ["limit"], isEnveloped: true).confined,
            Route.get("/api/orders/stats/webhooks", webhookStatistics, query: ["shopId"], isEnveloped: true).confined,
            Route.get("/api/orders/stats/orders", orderStatistics, isEnveloped: true).confined,
        ] + ROMSRoutes.all

    @Sendable private static func order(_ call: Call) throws(Problem) -> Answer {
        var filter = OrderQueries.Filter()
        let id = try call.name("id")
        filter.orderID = id
        filter.source = try call.query.text("source")
        filter.shopKey = try call.query.text("shop")
        filter.sources = call.sources
        let found = try call.store { connection throws(PostgresError) in
            try OrderPages.list(filter, limit: 2, detail: .whole, on: connection)
        }
        guard let order = found.first else { throw .notFound("Order") }
        guard found.count == 1 else {
            let owners = try call.store { [filter] connection throws(PostgresError) in
                try OrderQueries.owners(ofOrder: id, filter, on: connection)
            }
            guard owners.sources.count == 1 else {
                throw Problem(
                    409, "ambiguous",
                    "Several sources have this order: add ?source= and \(owners.sources.joined(separator: ", "))",
                    parameter: "source")
            }
            throw Problem(
                409, "ambiguous",
                "Several shops have this order: add ?shop= and \(owners.shops.joined(separator: ", "))",
                parameter: "shop")
        }
        return .success(order)
    }

    @Sendable private static func shopOrders(_ call: Call) throws(Problem) -> Answer {
        var filter = OrderQueries.Filter()
        filter.shop = try call.name("shop")
        filter.sources = call.sources
        let limit = try call.query.limit(most: 200)
        let offset = Int(try call.query.integer("offset", 0...100_000) ?? 0)
        let found = try call.store { [filter] connection throws(PostgresError) in
            try OrderPages.list(filter, offset: offset, limit: limit + 1, detail: .whole, on: connection)
        }
        return .ok(
            .object([
                "success": .bool(true), "data": .array(Array(found.prefix(limit))),
                "pagination": .object([
                    "limit": .number(limit), "offset": .number(offset), "has_more": .bool(found.count > limit),
                ]),
            ]))
    }

    @Sendable private static func unprocessed(_ call: Call) throws(Problem) -> Answer {
        let limit = try call.query.limit(most: 200)
        return .success(
            .array(
                try call.store { connection throws(PostgresError) in
                    try OrderQueries.unprocessed(limit: limit, of: call.sources, on: connection)
                }))
    }

    @Sendable private static func webhookStatistics(_ call: Call) throws(Problem) -> Answer {
        let shop = try call.query.text("shopId")
        return .success(
            .array(
                try call.store { connection throws(PostgresError) in
                    try SourceQueries.eventsByType(shop: shop, of: call.sources, on: connection)
                }))
    }

    @Sendable private static func orderStatistics(_ call: Call) throws(Problem) -> Answer {
        .success(
            .array(
                try call.store { connection throws(PostgresError) in
                    try OrderQueries.statistics(of: call.sources, on: connection)
                }))
    }
}
