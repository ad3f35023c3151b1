import LoadClient
import LocalStack
import Platform
import StackSuite
import Synchronization
import Testing

/// Takes the pictures of `docs/screenshots` again, on a stack on which something has happened: `make pictures`.
@Suite(
    .serialized, .enabled(if: Environment.value(of: "HOOKLEDGER_PICTURES") == "1"),
    .stack { try PicturesStack.configure(&$0) })
struct PicturesTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    private static let comments = ["Wow", "First!", "Beautiful"]

    private static let shown = "576489012345670042"

    @Test func picturesAreTaken() async throws {
        PicturesStack.answers.withLock { $0 = [400, 400, 400] }
        for _ in 0..<3 {
            for (source, types) in Self.samples {
                for type in types { #expect(try send(source, type).succeeded, "\(source) \(type)") }
            }
        }
        for text in Self.comments {
            #expect(
                try send("tiktok", "video_comment_created", ["--set", "text=\(text)", "--set", "username=@jane"])
                    .succeeded)
        }
        for (provider, source) in [("shopify", "shopify"), ("woocommerce", "woocommerce")] {
            try InspectorStack.register(books, provider, "https://shop.example/webhook/\(source)")
        }
        try await forge()
        let settled = "select count(*) from jobs where state < 2"
        #expect(try await books.eventually(settled, are: ["0"]))
        try spreadOverTheHour()
        PicturesStack.answers.withLock { $0 = [500, 500] }
        let assignments = ["data.order_id=\"\(Self.shown)\"", "data.currency=EUR"].flatMap { ["--set", $0] }
        #expect(try send("tiktok-shop", "order_created", assignments).succeeded)
        #expect(try await books.eventually(settled, are: ["0"]))
        _ = try await Browser(stack, more: ["shown": Self.shown]).run("pictures")
    }

    private static let samples = [
        "tiktok-shop": ["order_created", "order_status_change", "package_shipped"],
        "shopify": ["orders/create", "orders/updated"], "evershop": ["product.updated", "order.created"],
        "woocommerce": ["order.created"],
    ]

    private func send(_ source: String, _ type: String, _ more: [String] = []) throws -> ChildOutput {
        try StackTool(stack).run(["send", source, "--type", type] + more)
    }

    private func forge() async throws {
        for number in 1...3 {
            let delivery = ShopDelivery.guide("forged-\(number)", "UNPAID", at: Shop.now, amount: "1")
            let headers = delivery.headers(.init(key: shop.key, secret: "another"), signedAt: Shop.now)
            #expect(try shop.post(delivery.body, headers).status == 401)
        }
        // They are written once a second.
        #expect(try await books.eventually("select count(*) from refusals", are: ["3"]))
    }

    /// What an hour would have brought: copies of events, refusals and attempts at other times.
    private func spreadOverTheHour() throws {
        try InspectorStack.multiply(books, by: 30, over: "55 minutes")
        let attempts = """
            insert into job_attempts select c.* from job_attempts as t, generate_series(1, 30) as n,
                lateral (select make_interval(secs => 60 + (n + t.job_id * 7) % 30 * 110 + random() * 110) as back) as s,
                lateral jsonb_populate_record(t, jsonb_build_object('job_id', -1000 * n - t.job_id, 'event_id', 0,
                    'event_received_at', t.event_received_at - s.back, 'started_at', t.started_at - s.back,
                    'job_created_at', t.job_created_at - s.back,
                    'finished_at', t.finished_at - s.back + random() * interval '300 ms')) as c
            where t.outcome = 'done' or n % 9 = 0
            """
        let refusals = """
            insert into refusals (refused_at, source, kind, reason, status, request_id, remote_addr, method, path, body,
                body_length)
            select refused_at - n * n * interval '90 seconds', source, kind, reason, status, request_id, remote_addr,
                method, path, body, body_length
            from refusals, generate_series(1, 6) as n order by n desc
            """
        for statement in [attempts, refusals] { _ = try books.lines(statement) }
    }
}
