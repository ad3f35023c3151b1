import HTTPReceiver
import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// Parts are killed and frozen while orders stream in; the sender retries until it is answered 2xx.
@Suite(.place) struct ChaosTests {
    private let rounds = LoadStack.isFull ? 8 : 2
    /// Told to Slack, which cannot be asked whether it has a message.
    private let slackRule = """
          - name: tell
            when: { type: order.created, order.total_amount: { eq: 1.00 } }
            do: [ops]
        """

    @Test(arguments: [1, 4]) func whatWasAcceptedIsStoredOnceAndDoneOnce(committers: Int) async throws {
        try await LoadStack.run(batchInterval: 2, answerDelay: 5, rules: slackRule, committers: committers) { load in
            var client = load.client
            client.attempts = 200
            let stream = try LoadStream(client)
            var struck: [Blow: Int] = [:]
            for _ in 0..<rounds {
                for blow in Blow.allCases.shuffled() {
                    try await Task.sleep(for: .milliseconds(.random(in: 300...1200)))
                    // While Postgres recovers from the last blow there may be nothing to hit.
                    for _ in 0..<100 {
                        if try await blow.strike(load.stack, load.books) {
                            struck[blow, default: 0] += 1
                            break
                        }
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(500))
            let (orders, answers) = try await onThread { try stream.end() }
            #expect(struck.count == Blow.allCases.count, "\(struck)")
            // Whatever happened, an answer was 200, or asked for a retry, or did not arrive.
            #expect(Set(answers.joined()).isSubset(of: [0, 200, 503]))
            #expect(answers.allSatisfy { $0.last == 200 })

            try checkStored(load, orders)
            try await checkDone(load)
            let counts = answers.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
            print("chaos: \(committers) committers, \(orders) orders, answers \(counts), blows \(struck)")
        }
    }

    private func checkStored(_ load: LoadStack, _ orders: Int) throws {
        let (twice, distinct) = try load.storedBodies()
        #expect(twice == [])
        #expect(distinct == LoadStream.distinctDeliveries(of: orders))
        #expect(try load.books.count("select count(*) from receipts") == distinct)
        let rows = try load.books.lines("select order_id, status, total_amount from orders")
        let expected = (0..<orders).map { "chaos-\($0)|\(LoadStream.status(of: $0))|\(LoadStream.amount(of: $0))" }
        #expect(Set(rows) == Set(expected))
        #expect(rows.count == orders)
    }

    private func checkDone(_ load: LoadStack) async throws {
        #expect(try load.eventsWithoutTheirJob(rule: "every-event") == [])
        // Those of killed runs come back when their leases end, after a minute.
        try #require(try await load.waitForJobs())
        #expect(try load.jobsNotDoneOnce(rule: "every-event") == [])
        let erp = "select count(distinct job_id) from job_attempts where rule = 'every-event' and outcome = 'done'"
        #expect(try load.books.count(erp) == load.books.count("select count(*) from events"))
        // The receiver may see a request again, under the same id, and takes both for one.
        #expect(try Set(load.receiver.taken).count == load.books.count(erp))
        try checkMessages(load)
    }

    /// A message was sent once, or it is reported as unknown.
    private func checkMessages(_ load: LoadStack) throws {
        let sent = try Files.readText(load.stack.folder.slackMessages).split(separator: "\n").compactMap { line in
            try JSONValue(parsing: Array(line.utf8))["payload"]?["text"]?.string?.split(separator: " ").last
        }.reduce(into: [:]) { $0[String($1), default: 0] += 1 }
        #expect(sent.values.allSatisfy { $0 == 1 }, "\(sent.filter { $0.value > 1 })")
        let done = try load.books.lines(
            """
            select distinct o.order_id from job_attempts as t join orders as o on o.id = t.order_row
            where t.rule = 'tell' and t.outcome = 'done'
            """)
        #expect(done.allSatisfy { sent[$0] == 1 })
        let uncertain = try load.books.lines(
            """
            select o.order_id from dead_letters as d join orders as o on o.id = d.order_row
            join uncertain_effects as u on u.job_id = d.job_id where d.rule = 'tell'
            """)
        #expect(Set(uncertain).isDisjoint(with: done))
        #expect(Set(sent.keys).subtracting(done).isSubset(of: uncertain))
        let wanted = try load.books.lines("select order_id from orders where total_amount = 1.00")
        #expect(Set(wanted) == Set(done).union(uncertain))
        print("chaos: \(done.count) messages sent, \(uncertain.count) uncertain")
    }
}
