import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// What is not answered 2xx, through nginx, and that nothing of it is stored.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct RefusedHookTests: StackUser {
    let stack: LocalStack
    private let shop: Shop
    private let delivery = ShopDelivery.guide("refused", "AWAITING_SHIPMENT", at: Shop.now, amount: "1")

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    /// The refusal is in the database, with its reason; an event is not.
    private func expectRefusal(_ answer: Answer, _ status: Int, _ body: String, kind: String) async throws {
        #expect((answer.status, answer.body) == (status, body))
        let request = try #require(answer.header("x-request-id"))
        let row = "select kind, status from refusals where request_id = '\(request)'"
        #expect(try await books.eventually(row, are: ["\(kind)|\(status)"]))
        #expect(try books.count("select count(*) from receipts") == 0)
        #expect(try books.count("select count(*) from orders") == 0)
    }

    private static let unauthorized = #"{"error":"unauthorized"}"#

    @Test(arguments: [-301, -86_400, 301, 86_400])
    func aTimestampOutsideTheTolerance(_ offset: Int64) async throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now + offset + (offset > 0 ? 5 : 0))
        try await expectRefusal(
            try shop.post(delivery.body, headers), 401, Self.unauthorized, kind: "outside_tolerance")
    }

    @Test func missingHeaders() async throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        try await expectRefusal(try shop.post(delivery.body, []), 401, Self.unauthorized, kind: "missing_signature")
        let noTime = try shop.post(delivery.body, [headers[0]])
        try await expectRefusal(noTime, 401, Self.unauthorized, kind: "missing_timestamp")
        let noSignature = try shop.post(delivery.body, [headers[1]])
        try await expectRefusal(noSignature, 401, Self.unauthorized, kind: "missing_signature")
    }

    /// nginx 1.22 passes each of them on; a later one joins them with a comma.
    @Test func repeatedHeaders() async throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        for repeated in headers {
            let answer = try shop.post(delivery.body, headers + [repeated])
            try await expectRefusal(answer, 400, #"{"error":"bad_request"}"#, kind: "repeated_header")
        }
    }

    /// `x_tiktok_shop_signature` becomes the same FastCGI parameter as the real one.
    @Test func aHeaderWithUnderscoresStandsInForNone() async throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        let shadow = headers.map { ($0.name.replacing("-", with: "_"), $0.value) }
        try await expectRefusal(try shop.post(delivery.body, shadow), 401, Self.unauthorized, kind: "missing_signature")
    }

    @Test func anotherBodyUnderTheSameSignature() async throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        for body in [delivery.body + " ", delivery.body.replacing("AWAITING_SHIPMENT", with: "CANCELLED")] {
            let answer = try shop.post(body, headers)
            try await expectRefusal(answer, 401, Self.unauthorized, kind: "no_secret_matched")
        }
    }

    /// The one contract's signature under the other's header proves nothing.
    @Test func theOtherContractsSignature() async throws {
        let guide = delivery.headers(shop.credentials, signedAt: Shop.now)
        let answer = try shop.post(delivery.body, [("Authorization", guide[0].value)])
        try await expectRefusal(answer, 401, Self.unauthorized, kind: "no_secret_matched")
    }

    @Test func aBodyOverTheLimit() throws {
        try TestStack.inFolder { folder in
            let body = folder + "/body"
            try Files.write(body, [UInt8](repeating: 0x61, count: (1 << 20) + 1))
            let answer = try shop.curl.get(shop.hook, ["-H", "Expect:", "--data-binary", "@" + body])
            #expect((answer.status, answer.body) == (413, #"{"error":"payload_too_large"}"#))
        }
    }

    /// The client announces more than it sends, and goes away.
    @Test func aTruncatedBodyIsNeverPassedOn() throws {
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        let fields = headers.flatMap { ["-H", "\($0.name): \($0.value)"] }
        let length = ["-H", "Content-Length: \(delivery.body.utf8.count + 1)"]
        let short = ["--http1.1", "--max-time", "1", "--data-raw", delivery.body]
        #expect(try shop.curl.request(shop.hook, fields + length + short) == nil)
        #expect(try books.count("select count(*) from receipts") == 0)
    }

    @Test(arguments: [
        "/webhook/tiktok/", "/webhook/nobody", "/webhook/", "/webhook/tiktok/x", "/webhook/Tiktok",
        "/api/webhooks/evershop", "/api/v2/webhooks/orders/",
    ])
    func unknownPaths(_ path: String) throws {
        for answer in [
            try shop.send(delivery, to: stack.state.url + path), try shop.curl.get(stack.state.url + path),
            try shop.curl.get(stack.state.url + path, ["-X", "POST"]),
        ] {
            #expect((answer.status, answer.body) == (404, #"{"error":"not_found"}"#))
            #expect(answer.header("location") == nil)
        }
        #expect(try books.count("select count(*) from receipts") == 0)
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
    func otherMethods(_ method: String) throws {
        let arguments = method == "HEAD" ? ["--head"] : ["-X", method]
        let answer = try shop.curl.get(shop.hook, arguments)
        #expect(answer.status == 405)
        #expect(answer.header("location") == nil)
        #expect(answer.header("allow")?.contains("POST") == true || method == "TRACE")
    }

    /// How many refusals there were, by kind, as the view says.
    private func refused() throws -> [String: Int] {
        let lines = try books.lines("select kind, refused from refusals_by_reason where source = 'tiktok-shop'")
        return lines.reduce(into: [:]) { counts, line in
            let columns = line.split(separator: "|")
            counts[String(columns[0])] = Int(columns[1])
        }
    }

    /// Waits until the view has that number more of each of those kinds.
    private func expectRefused(_ more: [String: Int], since before: [String: Int]) async throws {
        func counted() throws -> [String: Int] {
            let now = try refused()
            return more.keys.reduce(into: [:]) { $0[$1] = now[$1, default: 0] - before[$1, default: 0] }
        }
        var now: [String: Int] = [:]
        let isSo = try eventually {
            now = try counted()
            return now == more
        }
        #expect(isSo, "\(now)")
    }

    private func flood(_ count: Int) throws -> LoadReport {
        let forged = ShopDelivery.Credentials(key: shop.key, secret: "guessed")
        let client = LoadClient(url: shop.hook, certificate: stack.folder.certificate, credentials: forged)
        return try client.send((0..<count).map { ShopDelivery.guide("flood-\($0)", "UNPAID", at: Shop.now) })
    }

    @Test func aFloodOfForgeriesIsCountedNotWrittenAndHoldsNobodyUp() async throws {
        let (before, rows) = (try refused(), try books.count("select count(*) from refusals"))
        let report = try flood(400)
        #expect(Set(report.statuses.keys) == [401, 429])
        #expect(report.accepted.isEmpty)
        let genuine = try shop.send(.guide("genuine", "UNPAID", at: Shop.now))
        #expect(genuine.status == 200, "the peer was refused too often, but this delivery is signed")
        for _ in 0..<3 { _ = try shop.post(delivery.body, []) }
        // Nothing else comes: what was only counted is written nevertheless, each kind for itself.
        try await expectRefused(["no_secret_matched": 400, "missing_signature": 3], since: before)
        // At most 60 rows per source and minute, and counts now and then; the minute may have changed on the way.
        #expect(try books.count("select count(*) from refusals") - rows < 200)
        #expect(try books.lines("select order_id from orders") == ["genuine"])
    }

    @Test func whatIsOnlyCountedIsWrittenWhenTheResponderEnds() async throws {
        let before = try refused()
        _ = try flood(200)
        let responder = try #require(try TestStack.processes(stack.folder)["ingest"])
        ChildProcess.Signal.terminate.send(to: responder)
        try await expectRefused(["no_secret_matched": 200], since: before)
        #expect(try shop.curl.poll(stack.state.url + "/health") { $0.status == 200 } != nil)
    }
}
