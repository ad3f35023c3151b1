import JSON
import JobsSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing

@testable import Jobs

/// No statement of a run costs more for each job when its batch is larger.
@Suite(.blocking) struct LinearStatementsTests {
    private let fixture: JobsFixture
    private let connection: Connection
    private let touched = Locked<Int>(0)

    init() throws {
        fixture = try JobsFixture()
        connection = fixture.superuser
        // The tests choose the moments at which statistics are collected.
        for table in ["jobs", "effects", "orders"] {
            try connection.execute("alter table \(table) set (autovacuum_enabled = off)")
        }
        // The plans of all statements, those within functions included, come as notices.
        try connection.execute(
            """
            load 'auto_explain';
            set auto_explain.log_min_duration = 0;
            set auto_explain.log_nested_statements = on;
            set auto_explain.log_analyze = on;
            set auto_explain.log_buffers = on;
            set auto_explain.log_timing = off;
            set auto_explain.log_format = json;
            set client_min_messages = log;
            set plan_cache_mode = force_custom_plan
            """)
        connection.noticeHandler = { [touched] notice in
            guard let start = notice.message.firstIndex(of: "{"),
                let plan = try? JSONValue(parsing: Array(notice.message[start...].utf8))
            else { return }
            touched.withLock { $0 += Self.work(plan["Plan"] ?? .null) }
        }
    }

    /// Rows that the parts of a plan looked at, also in vain, and pages that they visited.
    private static func work(_ plan: JSONValue) -> Int {
        func number(_ key: String) -> Int { plan[key].flatMap { Int($0.text) } ?? 0 }
        let rows = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter"].map(number).reduce(0, +)
        let below = plan["Plans"]?.array ?? []
        // Pages of a part include those of the parts below it.
        let pages = number("Shared Hit Blocks") + number("Shared Read Blocks")
        let pagesBelow = below.reduce(0) { sum, part in
            sum + (part["Shared Hit Blocks"].flatMap { Int($0.text) } ?? 0)
                + (part["Shared Read Blocks"].flatMap { Int($0.text) } ?? 0)
        }
        return rows * number("Actual Loops") + max(0, pages - pagesBelow) + below.map(work).reduce(0, +)
    }

    /// What `body` touches for each of `count` jobs.
    private func cost(_ count: Int, _ body: () throws -> Void) throws -> Double {
        touched.withLock { $0 = 0 }
        try body()
        return Double(touched.withLock { $0 }) / Double(count)
    }

    private func clear() throws {
        try connection.execute("truncate jobs, job_attempts, effects, events, orders cascade")
    }

    /// When the planner's statistics are collected.
    enum Statistics {
        case never
        case once
        case beforeEachStep
    }

    /// The costs of a job by step.
    private func costs(
        _ count: Int, statistics: Statistics = .once, _ end: (Job, Int) -> Transition
    ) throws -> [String: Double] {
        var costs: [String: Double] = [:]
        func cost(_ count: Int, _ body: () throws -> Void) throws -> Double {
            if statistics == .beforeEachStep { try connection.execute("analyze") }
            return try self.cost(count, body)
        }
        try fixture.enqueue(count, orders: count)
        if statistics == .once { try connection.execute("analyze") }
        var claimer = Claimer()
        var jobs: [Job] = []
        costs["claim"] = try cost(count) { jobs = try claimer.claim(limit: count, now: 10_000, on: connection) }
        try #require(jobs.count == count)
        costs["load"] = try cost(count) {
            let needs = jobs.map { _ in [.body, .fields, .change] as SubjectNeeds }
            let subjects = try SubjectLoader.load(jobs, needs: needs, on: connection)
            #expect(subjects.count == count)
        }
        costs["begin"] = try cost(count) {
            let starts = jobs.map { EffectStart(key: "test:\($0.eventID)", job: $0, requestHash: [1]) }
            let states = try Effects.begin(starts, on: connection)
            #expect(states.values.filter { $0 == .begun }.count == count)
        }
        costs["beat"] = try cost(count) {
            let held = try Leases.beat(jobs, on: connection)
            #expect(held.count == count)
        }
        let endings = jobs.enumerated().map { place, job in
            Ending(
                job: job, transition: end(job, place), effectKey: "test:\(job.eventID)", startedAt: 0, finishedAt: 5)
        }
        costs["finish"] = try cost(count) {
            let moved = try Finisher.write(endings, now: 10, on: connection)
            #expect(moved.count == count)
        }
        return costs
    }

    @Test(arguments: ["done", "mixed"]) func aJobCostsTheSameInEveryBatch(_ ends: String) throws {
        func end(_ job: Job, _ place: Int) -> Transition {
            let outcome: Outcome =
                switch ends == "done" ? 0 : place % 4 {
                case 0: .done(answer: "ok")
                case 1: .retry(counted: true, reason: "no")
                case 2: .bury("no")
                default: .unanswered("lost")
                }
            return Transition(outcome, of: job, policy: RetryPolicy(), doubt: .reported, chance: 0.5)
        }
        try clear()
        let small = try costs(100, end)
        for count in [1000, 5000] {
            try clear()
            for (step, cost) in try costs(count, end) {
                let base = try #require(small[step])
                // Deeper indexes cost a page or two; what is quadratic costs ten times as much at ten times as many.
                #expect(cost > 1 && cost < base * 2, "\(step) of \(count): \(cost), of 100: \(base)")
            }
        }
        if ends == "mixed" { #expect(try fixture.count("job_attempts", "outcome = 'dead'") == 2500) }
    }

    /// The statistics of a start, or of any moment at which autovacuum looked at tables of two rows.
    @Test(arguments: [Statistics.never, .beforeEachStep])
    func thePlansOfSmallTablesServeFullOnes(_ statistics: Statistics) throws {
        func end(_ job: Job, _ place: Int) -> Transition {
            Transition(.done(answer: "ok"), of: job, policy: RetryPolicy(), doubt: .reported, chance: 0.5)
        }
        try clear()
        let small = try costs(100, end)
        try clear()
        try connection.execute("vacuum analyze")
        // The plans of the session are made here.
        _ = try costs(2, statistics: statistics, end)
        for (step, cost) in try costs(5000, statistics: .never, end) {
            let base = try #require(small[step])
            #expect(cost > 1 && cost < base * 2, "\(step): \(cost), with plans of its own size: \(base)")
        }
    }

    @Test func whatGoesBackOrIsLostCostsTheSameInEveryBatch() throws {
        func costs(_ count: Int) throws -> [String: Double] {
            try connection.execute("truncate jobs, job_attempts, effects, events, orders cascade")
            try fixture.enqueue(count, orders: count)
            try connection.execute("analyze")
            var claimer = Claimer()
            let first = try claimer.claim(limit: count, now: 10_000, on: connection)
            let release = try cost(count) {
                let released = try Finisher.release(first.map { ($0, 0) }, on: connection)
                #expect(released.count == count)
            }
            let second = try claimer.claim(limit: count, now: 20_000, on: connection)
            try connection.execute("update jobs set lease_until = now() - interval '1 s'")
            let rescue = try cost(count) {
                let rescued = try Leases.rescue(limit: count, on: connection)
                #expect(rescued.ready.count == second.count)
            }
            return ["release": release, "rescue": rescue]
        }
        let small = try costs(100)
        for (step, cost) in try costs(5000) {
            let base = try #require(small[step])
            #expect(cost > 1 && cost < base * 2, "\(step) of 5,000: \(cost), of 100: \(base)")
        }
    }
}
