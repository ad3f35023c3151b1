import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// The health pages, and what the logs of a stack say and do not say.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct HealthAndLogTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    @Test(arguments: [("/health", "ok"), ("/webhook/health", "healthy")])
    func healthPages(_ path: String, _ word: String) throws {
        let answer = try shop.curl.get(stack.state.url + path)
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/json")
        let page = try JSONValue(parsing: Array(answer.body.utf8))
        #expect(page["status"]?.string == word)
        #expect(page["environment"]?.string == "development")
        #expect(page["database"]?.string == "ok")
        let timestamp = try #require(page["timestamp"]?.string)
        #expect(timestamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil)
        #expect(page["uptime"].flatMap { Double($0.text) }.map { $0 > 0 } == true)
    }

    @Test func oneLineForEachDeliveryAndEachJob() async throws {
        let answer = try shop.send(.guide("logged", "AWAITING_SHIPMENT", at: Shop.now, amount: "7.77"))
        let request = try #require(answer.header("x-request-id"))
        #expect(try await books.eventually("select outcome from job_log where order_id = 'logged'", are: ["done"]))
        let received = try lines("responder", request)
        #expect(received.count == 1)
        let line = try #require(received.first)
        #expect(line["message"]?.string == "Webhook received and verified")
        #expect(line["level"]?.string == "info")
        #expect(line["source"]?.string == "tiktok-shop")
        #expect(line["type"]?.string == "order.created")
        #expect(line["verdict"]?.string == "signature")
        let done = try eventuallyLines("batch", request)
        #expect(done.count == 1)
        #expect(done.first?["message"]?.string == "Webhook processed successfully")
        #expect(done.first?["attempt"]?.text == "1")
        #expect(done.first?["duration_ms"] != nil)
        let access = try lines("nginx-access", request)
        #expect(access.map { $0["status"]?.text } == ["200"])

        let refused = try shop.post("{}", [])
        let reason = try lines("responder", try #require(refused.header("x-request-id")))
        #expect(reason.map { $0["message"]?.string } == ["Webhook refused"])
        #expect(reason.first?["verdict"]?.string == "missing_signature")
    }

    /// Secrets, signatures, what the buyer is called and where the message went: in no log.
    @Test func noLogHoldsASecretOrABody() async throws {
        let delivery = ShopDelivery.guide("private", "AWAITING_SHIPMENT", at: Shop.now, amount: "3141.59")
        let headers = delivery.headers(shop.credentials, signedAt: Shop.now)
        #expect(try shop.post(delivery.body, headers).status == 200)
        let partner = ShopDelivery.partnerCenter("private", "CANCEL", at: Shop.now)
        #expect(try shop.send(partner).status == 200)
        // A refused one, too: its body and its signature are nobody's business either.
        #expect(try shop.post(delivery.body + " ", headers).status == 401)
        #expect(try shop.post(delivery.body, headers + headers).status == 400)
        #expect(try await books.eventually("select count(*) from jobs", are: ["0"]))
        let slackPath = try #require(stack.state.slackURL.split(separator: "/services").last)
        var forbidden = [
            "private@buyer.example", "3141.59", headers[0].value,
            partner.headers(shop.credentials, signedAt: 0)[0].value,
            #""order_status""#, String(slackPath),
        ]
        for name in ["TIKTOK_APP_KEY", "TIKTOK_APP_SECRET", "WEBHOOK_SECRET", "TIKTOK_ACCESS_TOKEN"] {
            forbidden.append(try #require(stack.secret(name)))
        }
        let logs = try books.logs()
        #expect(logs.count >= 7)
        // What the stand-in received is no log: it is the message.
        for log in logs where log.path != stack.folder.slackMessages {
            for text in forbidden { #expect(!log.text.contains(text), "\(log.path) holds \(text)") }
        }
        let errors = try books.errorLines()
        #expect(errors == [])
    }

    private func lines(_ log: String, _ request: String) throws -> [JSONValue] {
        try Files.readText(stack.folder.log(log)).split(separator: "\n").filter { $0.contains(request) }
            .map { try JSONValue(parsing: Array($0.utf8)) }
    }

    /// The job is done in the database a moment before its line is written.
    private func eventuallyLines(_ log: String, _ request: String) throws -> [JSONValue] {
        _ = try eventually { try !lines(log, request).isEmpty }
        return try lines(log, request)
    }
}
