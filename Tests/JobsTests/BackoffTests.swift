import Settings
import TestThreads
import Testing

@testable import Jobs

@Suite(.blocking) struct BackoffTests {
    @Test func doublesFromTwoSecondsAndStopsAtTheCap() {
        let backoff = Backoff(RetryPolicy())
        // With this chance the jitter is none.
        let still = 0.1 / 0.35
        #expect((1...4).map { backoff.delay(failures: $0, wish: nil, chance: still) } == [2000, 4000, 8000, 16_000])
        #expect(backoff.delay(failures: 10_000, wish: nil, chance: still) == 900_000)
    }

    @Test(arguments: 1...12) func jitterStaysWithinItsBounds(failures: Int) {
        let backoff = Backoff(RetryPolicy())
        let base = Double(min(900_000, 2000 << (failures - 1)))
        for step in 0..<100 {
            let delay = Double(backoff.delay(failures: failures, wish: nil, chance: Double(step) / 100))
            #expect(delay >= base * 0.9 - 1 && delay <= base * 1.25)
        }
    }

    @Test func neverComesBackBeforeTheDestinationWantsButForTheCap() {
        let backoff = Backoff(RetryPolicy())
        #expect(backoff.delay(failures: 1, wish: 30_000, chance: 0) == 30_000)
        #expect(backoff.delay(failures: 1, wish: 30_000, chance: 0.99) > 30_000)
        #expect(backoff.delay(failures: 5, wish: 1, chance: 0.5) > 20_000)
        #expect(backoff.delay(failures: 1, wish: .max, chance: 0) == 900_000)
    }
}

@Suite(.blocking) struct TransitionTests {
    private func job(attempt: Int, uncounted: Int = 0, ago: Int64 = 0) -> Job {
        Job(
            id: 1, action: "a", kind: "k", purpose: .rule("r"), attempt: attempt, maxAttempts: 4, uncounted: uncounted,
            firstFailedAgo: ago, eventID: 1, eventReceivedAt: 0, leaseToken: 1)
    }

    private func fate(_ outcome: Outcome, _ job: Job, doubt: ActionKind.Doubt = .reported) -> Transition {
        Transition(outcome, of: job, policy: RetryPolicy(), doubt: doubt, chance: 0.5)
    }

    @Test func countedFailuresEndAfterTheLastAttempt() {
        let failed = Outcome.retry(counted: true, reason: "500")
        for attempt in 1...3 {
            guard case .again(_, true) = fate(failed, job(attempt: attempt)).fate else {
                Issue.record("attempt \(attempt) must be repeated")
                continue
            }
        }
        #expect(fate(failed, job(attempt: 4)).fate == .dead)
        #expect(fate(failed, job(attempt: 4)).effect == .cleared)
    }

    @Test func outagesAreNotCountedUntilTheyLastTooLong() {
        let outage = Outcome.retry(counted: false, reason: "unreachable")
        guard case .again(let delay, false) = fate(outage, job(attempt: 4, uncounted: 500, ago: 86_399_999)).fate else {
            Issue.record("an outage within give_up must be repeated")
            return
        }
        #expect(delay <= 900_000 * 5 / 4)
        #expect(fate(outage, job(attempt: 1, ago: 86_400_000)).fate == .dead)
        // The last attempt comes when give_up is over, however long the waits have become.
        #expect(
            fate(outage, job(attempt: 4, uncounted: 500, ago: 86_390_000)).fate == .again(after: 10_000, counted: false)
        )
    }

    @Test func whatIsNotYetThereIsLookedForOftenAndUncounted() {
        let missing = Outcome.notYet(within: 60_000, reason: "no details")
        for uncounted in [0, 5, 500] {
            let next = fate(missing, job(attempt: 4, uncounted: uncounted, ago: 3_600_000))
            guard case .again(let delay, false) = next.fate else {
                Issue.record("it waits, also after its last attempt")
                return
            }
            #expect(delay <= 60_000 * 5 / 4 && next.effect == .cleared)
        }
        #expect(fate(missing, job(attempt: 1, ago: 86_400_000)).fate == .dead)
    }

    @Test func anUnansweredCallIsRepeatedOnlyWhereThatIsSafe() {
        let unanswered = Outcome.unanswered("timeout")
        #expect(fate(unanswered, job(attempt: 1)).fate == .dead)
        #expect(fate(unanswered, job(attempt: 1)).effect == .uncertain)
        let transition = fate(unanswered, job(attempt: 1), doubt: .settled)
        #expect(transition.effect == .open)
        #expect(transition.fate != .dead)
    }
}

@Suite(.blocking) struct PacerTests {
    @Test func givesTurnsOneIntervalApart() {
        var pacer = Pacer(horizon: 2500)
        let pace = Pace(key: "a", interval: 1000)
        #expect(pacer.turn(pace, now: 0) == .now)
        #expect(pacer.turn(pace, now: 0) == .at(1000))
        #expect(pacer.turn(pace, now: 0) == .at(2000))
        #expect(pacer.turn(pace, now: 0) == .later(3000))
        #expect(pacer.turn(Pace(key: "b", interval: 1000), now: 0) == .now)
        #expect(pacer.turn(pace, now: 5000) == .now)
    }

    @Test func aTurnThatIsGivenBackGoesToTheNext() {
        var pacer = Pacer(horizon: 2500)
        let pace = Pace(key: "a", interval: 1000)
        #expect(pacer.turn(pace, now: 0) == .now)
        #expect(pacer.turn(pace, now: 0) == .at(1000))
        pacer.giveBack(1000, of: pace)
        #expect(pacer.turn(pace, now: 0) == .at(1000))
        // Those behind it keep their turns.
        #expect(pacer.turn(pace, now: 0) == .at(2000))
        pacer.giveBack(1000, of: pace)
        #expect(pacer.turn(pace, now: 0) == .later(3000))
    }

    /// Whoever finds no turn comes back when those before have had theirs.
    @Test func thoseInLineComeBackOneAfterAnother() {
        var pacer = Pacer(horizon: 500, longest: 10_000)
        let pace = Pace(key: "a", interval: 1000)
        #expect(pacer.turn(pace, now: 0) == .now)
        #expect((1...12).map { _ in pacer.turn(pace, now: 0) } == (1...12).map { .later(min($0 * 1000, 10_000)) })
    }

    /// A live job does not wait behind the line of a replay, and takes all turns but one in twenty.
    @Test func liveJobsGoBeforeReplayedOnes() {
        var pacer = Pacer(horizon: 500)
        let pace = Pace(key: "a", interval: 1000)
        #expect(pacer.turn(pace, isOfReplay: true, now: 0) == .now)
        for _ in 0..<10_000 { _ = pacer.turn(pace, isOfReplay: true, now: 0) }
        #expect(pacer.turn(pace, now: 0) == .later(1000))
        var turns = (live: 0, replayed: 0)
        for second in 1...1000 {
            let now = Int64(second * 1000)
            // A second one waits, so the line of live ones is never empty.
            if pacer.turn(pace, isOfReplay: true, now: now) == .now { turns.replayed += 1 }
            if pacer.turn(pace, now: now) == .now { turns.live += 1 }
            _ = pacer.turn(pace, now: now)
        }
        #expect(turns.replayed >= 45 && turns.replayed <= 60 && turns.live + turns.replayed == 1000)
    }
}
