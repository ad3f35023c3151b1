import HTTPReceiver
import JSON
import JobsSupport
import Postgres
import TestThreads
import Testing

@testable import Jobs

/// What an operator does, as the operator's role.
@Suite(.blocking) struct DeadLetterTests {
    let fixture: JobsFixture
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect(as: "hookledger_operator")
    }

    /// Dead letters whose action said no; with `uncertain` those whose receiver was silent.
    private func bury(_ count: Int, orders: Int = 0, action name: String = "ops", uncertain: Bool = false) throws {
        try fixture.enqueue(count, orders: orders, action: name)
        let receiver = try Receiver { _, _ in .silence }
        var action =
            uncertain
            ? TestAction.posting(receiver.url, doubt: .report) : .ending(.bury("answered 404: no such room"))
        action.name = name
        #expect(try fixture.run([action]).dead == count)
    }

    private func filter(_ change: (inout JobFilter) -> Void = { _ in }) -> JobFilter {
        var filter = JobFilter()
        change(&filter)
        return filter
    }

    private func retry(_ filter: JobFilter, spread: Duration = .zero, uncertain: Bool = false) throws
        -> DeadLetters.Report
    {
        try DeadLetters.retry(
            filter, spread: spread, repeatingUncertain: uncertain, on: connection)
    }

    @Test func findsThemByWhatIsKnownOfThem() throws {
        try bury(3, orders: 3)
        try bury(1, action: "print")
        func count(_ change: (inout JobFilter) -> Void) throws -> Int {
            try JobQueries.deadLetters(filter(change), on: connection).count
        }
        #expect(try count { _ in } == 4)
        #expect(try count { $0.action = "print" } == 1)
        #expect(try count { $0.order = "2" } == 1)
        #expect(try count { $0.error = "NO SUCH ROOM" } == 4)
        #expect(try count { $0.error = "%" } == 0)
        #expect(try count { $0.kind = "slack" } == 0)
        #expect(try count { $0.limit = 2 } == 2)
    }

    @Test func retriedOnesStartSpreadOutWithAllAttemptsBeforeThem() throws {
        try bury(10)
        let report = try retry(filter { $0.limit = 5 }, spread: .seconds(100))
        #expect(report.moved.count == 5 && report.moved == report.moved.sorted())
        #expect(try fixture.count("jobs", "state = 0 and attempt = 0 and last_error is null") == 5)
        let gaps = """
            (select run_at - lag(run_at) over (order by job_id) as gap from jobs where state = 0) t
            """
        #expect(try fixture.count(gaps, "gap = interval '20 s'") == 4)
        #expect(try fixture.count("jobs", "state = 2") == 5)
        #expect(try retry(filter { $0.ids = report.moved }).moved.isEmpty)
    }

    @Test func anUncertainOneIsRepeatedOnlyWhenThatIsSaid() throws {
        try bury(2)
        try bury(1, uncertain: true)
        #expect(try JobQueries.deadLetters(filter(), on: connection).filter { $0["uncertain"] == true }.count == 1)
        let careful = try retry(filter())
        #expect(careful.moved.count == 2 && careful.uncertain.count == 1)
        #expect(try fixture.count("effects", "state = 'uncertain'") == 1)
        #expect(careful.doubtful.isEmpty)
        let bold = try retry(filter(), uncertain: true)
        #expect(bold.moved == careful.uncertain && bold.doubtful == careful.uncertain)
        #expect(try fixture.count("effects") == 0)
        let receiver = try Receiver { _, _ in .answer(200) }
        #expect(try fixture.run([TestAction.posting(receiver.url, doubt: .report)]).done == 3)
        #expect(receiver.taken.count == 3)
    }

    /// Its worker was lost in its last attempt, during the call.
    private func lose(_ doubt: TestAction.Doubt, action name: String) throws {
        try fixture.enqueue(1, action: name, maxAttempts: 1)
        var action = TestAction.ending(.done())
        action.name = name
        action.doubt = doubt
        // The run writes which actions there are.
        #expect(try fixture.run([action, TestAction.ending(.done())]) { $0.limit = 0 }.done == 0)
        try fixture.superuser.execute(
            """
            update jobs set state = 2, attempt = 1, last_error = 'lease expired (worker lost)' where action = '\(name)';
            insert into effects (effect_key, action, kind, state, job_id, event_id, event_received_at)
            select 'test:' || job_id, action, kind, 'started', job_id, event_id, event_received_at from jobs
            where action = '\(name)'
            """)
    }

    @Test(arguments: [TestAction.Doubt.repeatable, .ask, .report])
    func listRetryAndDiscardAgreeOnWhatIsUncertain(_ doubt: TestAction.Doubt) throws {
        try lose(doubt, action: "call")
        let listed = try JobQueries.deadLetters(filter(), on: connection).filter { $0["uncertain"] == true }.count
        let retried = try DeadLetters.retry(filter(), repeatingUncertain: false, isDryRun: true, on: connection)
        let discarded = try DeadLetters.discard(filter(), reason: "x", isDryRun: true, on: connection)
        let expected = doubt == .report ? 1 : 0
        #expect(listed == expected)
        #expect(retried.uncertain.count == expected && retried.moved.count == 1 - expected)
        #expect(discarded.moved.count == 1 && discarded.doubtful.count == expected)
        #expect(try fixture.count("uncertain_effects") == expected)
    }

    @Test func anActionThatIsGoneCountsAsOneThatCannotBeAsked() throws {
        try lose(.repeatable, action: "call")
        #expect(try fixture.count("dead_letters", "uncertain") == 0)
        #expect(try fixture.run([TestAction.ending(.done())]) { $0.limit = 0 }.done == 0)
        #expect(try fixture.count("dead_letters", "uncertain") == 1)
        #expect(try retry(filter()).uncertain.count == 1)
    }

    @Test func discardedOnesStayInTheLogAndTheirEffectIsNotRepeated() throws {
        try bury(1, uncertain: true)
        let report = try DeadLetters.discard(
            filter(), reason: "told the customer", on: connection)
        #expect(report.moved.count == 1)
        #expect(try fixture.count("jobs") == 0)
        #expect(try fixture.count("job_attempts", "outcome = 'discarded' and reason = 'told the customer'") == 1)
        #expect(try fixture.count("uncertain_effects") == 0)
        #expect(try fixture.count("effects", "state = 'done'") == 1)
    }

    @Test func theHistoryOfAJobHasEveryAttempt() throws {
        try fixture.enqueue(1)
        for _ in 0..<2 {
            _ = try fixture.run([TestAction.ending(.retry(after: 0, counted: true, reason: "500"))]) { $0.limit = 1 }
            try fixture.superuser.execute("update jobs set run_at = now()")
        }
        let id = try #require(try fixture.value("select job_id from jobs").flatMap { Int64($0) })
        let history = try #require(try JobQueries.history(of: id, on: connection))
        #expect(history["attempts"]?.array?.count == 2)
        #expect(history["job"]?["last_error"] == "500")
        #expect(try JobQueries.history(of: id + 1, on: connection) == nil)
        #expect(try JobQueries.open(filter(), on: connection).count == 1)
        #expect(try JobQueries.depth(on: connection).first?["due"]?.integer == 1)
    }
}
