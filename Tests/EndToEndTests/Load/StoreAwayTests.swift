import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Postgres is stopped, or does not answer: the sender is asked to retry, and nothing is lost or doubled.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct StoreAwayTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    @Test func asksForARetryWhilePostgresIsStoppedAndRecoversByItself() throws {
        let responder = try #require(try TestStack.processes(stack.folder)["ingest"])
        let first = ShopDelivery.guide("before", "UNPAID", at: Shop.now)
        let second = ShopDelivery.guide("meanwhile", "UNPAID", at: Shop.now)
        #expect(try shop.send(first).status == 200)

        // The supervisor would start Postgres again at once.
        ChildProcess.Signal.stop.send(to: stack.state.supervisor.pid)
        try PostgresCluster(folder: stack.folder.path).stop()
        for delivery in [first, second, second] { try expectRetry(try shop.send(delivery)) }
        for (path, word) in [("/health", "unavailable"), ("/webhook/health", "unhealthy")] {
            let page = try shop.curl.get(stack.state.url + path)
            #expect(page.status == 503)
            let values = try JSONValue(parsing: Array(page.body.utf8))
            #expect(values["status"]?.string == word)
            #expect(values["database"]?.string == "unreachable")
        }
        // What is wrong is refused, Postgres or not.
        #expect(try shop.post(second.body, []).status == 401)

        ChildProcess.Signal.resume.send(to: stack.state.supervisor.pid)
        #expect(try shop.curl.poll(stack.state.url + "/health") { $0.status == 200 } != nil)
        #expect(try TestStack.processes(stack.folder)["ingest"] == responder)
        #expect(try shop.send(second).status == 200)
        #expect(try shop.send(first).status == 200)
        #expect(
            try books.lines(
                "select subject from events where subject in ('order:before', 'order:meanwhile') order by id") == [
                    "order:before", "order:meanwhile",
                ])
    }

    /// All of Postgres hangs, so that a new session helps as little as the old one, and in the middle of a commit: it
    /// is the responder that says so, before nginx has had enough.
    @Test func asksForARetryWhilePostgresHangs() throws {
        #expect(try shop.send(.guide("warm", "UNPAID", at: Shop.now)).status == 200)
        let postmaster = try #require(try PostgresCluster(folder: stack.folder.path).pid)
        // A lock makes it sure that the batch is under way when everything stops.
        let lock = try Connection(conninfo: stack.state.database, applicationName: "test")
        try lock.execute("begin; lock table hookledger.receipts")
        let delivery = ShopDelivery.guide("hanging", "UNPAID", at: Shop.now, amount: "3")
        let received = Monitor<Answer?>(nil)
        let sending = try Thread(name: "sender") { [shop] in
            let answer = try? shop.send(delivery)
            received.withLock { $0 = answer }
        }
        let waiting = "select 1 from pg_locks where not granted"
        #expect(try eventually { try !lock.query(waiting).isEmpty })
        let backends = try books.lines("select pid from pg_stat_activity").compactMap { Int32($0) } + [postmaster]
        for pid in backends { ChildProcess.Signal.stop.send(to: pid) }
        sending.join()
        let answer = try #require(received.withLock { $0 })
        // Nothing could have gone on before that.
        for pid in backends { ChildProcess.Signal.resume.send(to: pid) }
        lock.close()
        try expectRetry(answer)
        // It may have been stored after all: that makes no second row.
        var status = 0
        #expect(
            try eventually {
                status = try shop.send(delivery).status
                return status == 200
            }, "\(status)")
        #expect(try books.count("select count(*) from events where subject = 'order:hanging'") == 1)
        #expect(try books.count("select count(*) from orders where order_id = 'hanging'") == 1)
    }

    /// The responder itself says so: to nginx, too, it has answered.
    private func expectRetry(_ answer: Answer) throws {
        #expect((answer.status, answer.body) == (503, #"{"error":"unavailable"}"#))
        #expect(answer.header("retry-after") == "30")
        let request = try #require(answer.header("x-request-id"))
        var access: [Substring] = []
        #expect(
            try eventually {
                access = try Files.readText(stack.folder.log("nginx-access")).split(separator: "\n")
                    .filter { $0.contains(request) }
                return !access.isEmpty
            })
        #expect(access.allSatisfy { $0.contains(#""upstream_status":"503""#) }, "\(access)")
    }
}
