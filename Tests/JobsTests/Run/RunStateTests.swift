import Outbound
import Platform
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Jobs

/// The run as a value, with a clock of the test's own.
@Suite(.blocking) struct RunStateTests {
    private static let down = OutboundFailure(.unreachable, .notSent, "refused")

    private func posting(_ doubt: TestAction.Doubt = .repeatable) -> TestAction {
        var action = TestAction.posting("http://a.example/hook", doubt: doubt)
        action.retryPolicy = RetryPolicy(backoff: .milliseconds(2000))
        return action
    }

    @Test func aJobIsClaimedSentAndWrittenAsDone() throws {
        let world = RunWorld([posting()])
        world.enqueue(3)
        let report = try #require(world.run())
        #expect(report.end == .finished && report.claimed == 3 && report.done == 3)
        #expect(world.sent.map(\.job) == [1, 2, 3])
        #expect(world.endings.map(\.outcome) == ["done", "done", "done"])
        #expect(Set(world.effects.values) == ["done"] && world.effects.count == 3)
    }

    @Test func aFailureIsRepeatedAfterItsBackoffAndBuriedAfterItsLastAttempt() throws {
        let world = RunWorld([posting()]) { $0.once = false }
        world.answer = { _, _ in (.success(HTTPResponse(status: 500)), after: 1) }
        world.enqueue(1)
        let report = try #require(world.run())
        #expect(world.endings.map(\.outcome) == ["retry", "retry", "retry", "dead"])
        #expect(report.retried == 3 && report.dead == 1)
        let gaps = zip(world.sent.dropFirst(), world.sent).map { $0.at - $1.at }
        #expect(
            zip(gaps, [2000, 4000, 8000]).allSatisfy { $0 >= Int64($1) * 9 / 10 && $0 <= Int64($1) * 5 / 4 + 1000 })
    }

    /// A run that is woken by new jobs need not look for them all the time.
    @Test func anIdleRunLooksOnceASecondAndABusyOneAtOnce() throws {
        let world = RunWorld([posting()]) {
            $0.once = false; $0.duration = .seconds(60)
        }
        _ = try #require(world.run())
        #expect((50...70).contains(world.claims))

        let busy = RunWorld([posting()]) {
            $0.once = false; $0.duration = .seconds(60)
        }
        busy.feed = { $0 < 30_000 ? 1 : 0 }
        #expect(try #require(busy.run()).done > 140)
    }

    /// A lease lasts a minute: while a call is under way, it is renewed so often that two renewals may fail.
    @Test func theLeaseOfALongCallIsRenewed() throws {
        let world = RunWorld([posting()])
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 150_000) }
        world.enqueue(1)
        #expect(try #require(world.run()).done == 1)
        let renewals = [world.sent[0].at] + world.beats.map(\.at) + [world.endings[0].finishedAt]
        #expect(world.beats.allSatisfy { $0.job == 1 })
        #expect(zip(renewals.dropFirst(), renewals).allSatisfy { $0 - $1 <= Int64(Lease.seconds) * 1000 / 2 })
    }

    @Test func nothingGoesOutBeforeItsEffectIsBegun() throws {
        let world = RunWorld([posting(.report)])
        world.enqueue(2)
        world.failsToBegin = { $0 < 3000 }
        let report = try #require(world.run())
        #expect(report.done == 2 && world.sent.count == 2)
        #expect(world.sent.allSatisfy { $0.at >= 3000 })
    }

    /// Another run may have had the job meanwhile, and sent the same.
    @Test func nothingGoesOutForALeaseThatMayBeOver() throws {
        let world = RunWorld([posting(.report)]) { options in
            options.duration = .milliseconds(300_000)
            options.once = false
        }
        world.enqueue(1)
        world.isStoppedFor = { $0 < 2000 ? 70_000 : 0 }
        #expect(try #require(world.run()).done == 1)
        #expect(world.endings.map(\.outcome) == ["retry", "done"])
        #expect(world.endings.first?.isCounted == false && world.sent.count == 1)
    }

    /// The second call of an attempt is none that may go out later than the first.
    @Test func theNextCallOfAnAttemptNeedsAFreshLeaseToo() throws {
        let look = Call.request(HTTPRequest(method: "GET", url: "http://a.example/look"))
        let change = Call.request(HTTPRequest(method: "POST", url: "http://a.example/change"))
        var action = TestAction(
            doubt: .repeatable, key: { "test:\($0.event.id)" },
            begun: { _ in .step(.send(look) { _, _ in .only(change) { _ in .done() } }) })
        action.retryPolicy = RetryPolicy(backoff: .milliseconds(1))
        let world = RunWorld([action]) { options in
            options.duration = .milliseconds(300_000)
            options.once = false
        }
        world.enqueue(1)
        world.isStoppedBeforeAnswer = { $0 < 2000 ? 70_000 : 0 }
        #expect(try #require(world.run()).done == 1)
        #expect(world.endings.map(\.outcome) == ["retry", "done"])
        #expect(world.endings.first?.isCounted == false)
        // What the first attempt had done before is open, so the second one begins with its question again.
        #expect(world.sent.map(\.url).map { $0.suffix(4) } == ["look", "look", "ange"])
    }

    @Test(arguments: [TestAction.Doubt.repeatable, .report])
    func anEffectInDoubtIsSettledAsItsKindSays(_ doubt: TestAction.Doubt) throws {
        let world = RunWorld([posting(doubt)])
        world.effects["test:1"] = "started"
        world.enqueue(1)
        let report = try #require(world.run())
        #expect(world.sent.count == (doubt == .report ? 0 : 1))
        #expect(report.uncertain == (doubt == .report ? 1 : 0) && report.done == (doubt == .report ? 0 : 1))
    }

    @Test(arguments: [true, false]) func theDestinationIsAskedBeforeAnythingIsSentAgain(exists: Bool) throws {
        var action = posting(.ask)
        action.asked = { _ in HTTPRequest(method: "GET", url: "http://a.example/ask") }
        action.found = { _ in exists ? .happened(externalID: "7") : .didNotHappen }
        let world = RunWorld([action])
        world.effects["test:1"] = "started"
        world.enqueue(1)
        #expect(try #require(world.run()).done == 1)
        let expected = exists ? ["http://a.example/ask"] : ["http://a.example/ask", "http://a.example/hook"]
        #expect(world.sent.map(\.url) == expected)
    }

    @Test func requestsOfOnePaceStartOneIntervalApart() throws {
        var action = posting()
        action.pace = Pace(key: "a", interval: 1000)
        let world = RunWorld([action]) { $0.once = false }
        world.enqueue(10)
        #expect(try #require(world.run()).done == 10)
        let gaps = zip(world.sent.dropFirst(), world.sent).map { $0.at - $1.at }
        #expect(gaps.allSatisfy { $0 >= 1000 })
    }

    /// Two actions that go to one host, one with a pace of its own; the runs at work share the limits.
    @Test(arguments: [1, 2]) func aDestinationHasARateAndAConcurrency(_ runs: Int) throws {
        var (ops, paced) = (posting(), posting())
        (ops.destination, paced.destination) = ("a.example:80", "a.example:80")
        paced.name = "paced"
        paced.pace = Pace(key: "p", interval: 400)
        let world = RunWorld([ops, paced]) {
            $0.limits = DestinationLimits(["a.example": .init(interval: 50, concurrency: 4)])
        }
        world.surroundings = { _ in Surroundings(runs: runs) }
        // Slower than the rate: the concurrency is reached.
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 230) }
        world.enqueue(60)
        world.enqueue(5, action: "paced")
        #expect(try #require(world.run()).done == 65)
        let gaps = zip(world.sent.dropFirst(), world.sent).map { $0.at - $1.at }
        #expect(gaps.allSatisfy { $0 >= 50 * Int64(runs) })
        let most = world.sent.map { one in world.sent.count { $0.at <= one.at && one.at < $0.at + 230 } }.max()
        #expect(try #require(most) == (runs == 1 ? 4 : 2))
        let ofPaced = world.sent.filter { $0.job > 60 }.map(\.at)
        #expect(zip(ofPaced.dropFirst(), ofPaced).allSatisfy { $0 - $1 >= 400 })
    }

    @Test func jobsOfOneDestinationWaitWhereTheyAreWhileThereIsRoom() throws {
        let world = RunWorld([posting()]) { $0.perHost = 3 }
        world.enqueue(300)
        #expect(try #require(world.run()).done == 300)
        // Nothing was claimed in vain.
        #expect(world.handedBack.isEmpty && world.report?.claimed == 300)
    }

    @Test func whatWaitsForAPlaceIsReadWhenItHasOneAndNoClaimIsMadeInVain() throws {
        var action = posting()
        action.destination = "a.example:80"
        let world = RunWorld([action]) {
            $0.perHost = 3
            $0.batch = 20
        }
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 30) }
        world.enqueue(300)
        let start = world.now
        #expect(try #require(world.run()).done == 300)
        #expect(world.loaded == 300)
        // Of twenty each, one a second beside them, and those that find the end.
        #expect(world.claims >= 15 && world.claims <= 25)
        // Three at a time, each for thirty milliseconds, and hardly a pause.
        #expect(world.now - start < 3600)
    }

    @Test func aPlaceThatIsNotTakenGoesToTheNextJob() throws {
        struct EvenOnly: ConditionCheck {
            func objection(to subject: JobSubject) -> String? { subject.job.id % 10 == 0 ? nil : "no" }
        }
        var action = posting()
        action.destination = "a.example:80"
        let world = RunWorld([action], conditions: EvenOnly()) { $0.perHost = 3 }
        world.enqueue(200)
        let start = world.now
        let report = try #require(world.run())
        #expect(report.skipped == 180 && report.done == 20)
        #expect(world.now - start < 2000)
    }

    @Test func whatIsSkippedTakesNoTurn() throws {
        struct EvenOnly: ConditionCheck {
            func objection(to subject: JobSubject) -> String? { subject.job.id % 10 == 0 ? nil : "no" }
        }
        var action = posting()
        action.pace = Pace(key: "a", interval: 1000)
        let world = RunWorld([action], conditions: EvenOnly()) { $0.once = false }
        world.enqueue(40)
        let report = try #require(world.run())
        #expect(report.skipped == 36 && report.done == 4)
        // All skipped ones are over at once, and those that are sent follow each other as if they were alone.
        #expect(world.sent.map(\.job) == [10, 20, 30, 40])
        let gaps = zip(world.sent.dropFirst(), world.sent).map { $0.at - $1.at }
        #expect(gaps.allSatisfy { $0 >= 1000 && $0 < 1100 })
    }

    @Test func aTurnIsKeptUntilTheRequestGoesOut() throws {
        var action = posting()
        action.pace = Pace(key: "a", interval: 1000)
        let world = RunWorld([action]) { $0.once = false }
        world.failsToBegin = { $0 < 3500 }
        world.enqueue(3)
        #expect(try #require(world.run()).done == 3)
        let first = try #require(world.sent.first).at
        #expect(first >= 3500 && first < 4600)
        let gaps = zip(world.sent.dropFirst(), world.sent).map { $0.at - $1.at }
        #expect(gaps.allSatisfy { $0 >= 1000 && $0 < 1100 })
    }

    @Test func neverMoreThanItsPlacesAreUnderWayToOneDestination() throws {
        let world = RunWorld([posting()]) { $0.perHost = 3 }
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 100) }
        world.enqueue(40)
        #expect(try #require(world.run()).done == 40)
        for one in world.sent {
            #expect(world.sent.count { $0.at <= one.at && $0.at + 100 > one.at } <= 3)
        }
    }

    @Test func aDestinationThatIsAwayIsAskedOnceInAWhileAndCostsNoAttempt() throws {
        let world = RunWorld([posting()]) { options in
            options.duration = .milliseconds(600_000)
            options.once = false
            options.perHost = 5
        }
        world.answer = { _, now in
            (now < 60_000 ? .failure(Self.down) : .success(HTTPResponse(status: 200)), after: 5)
        }
        world.enqueue(100)
        let report = try #require(world.run())
        #expect(report.done == 100 && report.dead == 0)
        // Five outages open it; then one probe after 10 s, after 20 s more, and so on.
        #expect(world.sent.count { $0.at < 60_000 } <= 10)
        #expect(world.endings.allSatisfy { $0.job.attempt == 1 })
        let away = world.notes.count { if case .destinationAway = $0 { true } else { false } }
        let back = world.notes.count { if case .destinationBack = $0 { true } else { false } }
        #expect(away >= 2 && back == 1)
    }

    @Test func aStopHandsBackWhatHasNotBegunAndEndsTheRest() throws {
        var action = posting()
        action.pace = Pace(key: "a", interval: 900)
        let world = RunWorld([action]) { $0.once = false }
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 700) }
        world.isStopRaised = { $0 > 1500 }
        world.enqueue(3)
        let report = try #require(world.run())
        #expect(report.end == .finished && report.done == 1 && report.released == 2)
        #expect(world.handedBack.sorted() == [2, 3])
    }

    @Test func whatEndedWhilePostgresWasAwayIsWrittenLater() throws {
        let world = RunWorld([posting()])
        world.answer = { _, _ in (.success(HTTPResponse(status: 200)), after: 500) }
        world.isAway = { (1200..<20_000).contains($0) }
        world.enqueue(5)
        let report = try #require(world.run())
        #expect(report.end == .finished && report.done == 5 && world.sent.count == 5)
        #expect(world.now >= 20_000)
    }

    @Test func aRunEndsWhenPostgresIsAwayForTooLong() throws {
        let world = RunWorld([posting()]) { options in
            options.patience = .milliseconds(5000)
            options.once = false
        }
        world.isAway = { $0 > 1100 }
        world.enqueue(1)
        let report = try #require(world.run())
        #expect(report.end == .databaseAway && world.now < 10_000)
    }

    @Test func anActionThatAsksForOneCallAfterAnotherEnds() throws {
        let world = RunWorld([TestAction(begun: { _ in .step(Self.endless()) })])
        world.enqueue(1)
        #expect(try #require(world.run()).dead == 1)
        #expect(world.sent.count == 32)
    }

    private static func endless() -> Step {
        .send(.request(HTTPRequest(method: "GET", url: "http://a.example/"))) { _, _ in endless() }
    }

    /// Destinations fail by chance, and Postgres is away now and then: each effect has still happened once.
    @Test(arguments: 1...8 as ClosedRange<UInt64>) func everyJobEndsOnceWhateverFails(seed: UInt64) throws {
        func simulate() throws -> RunWorld {
            var chance = SplitMix64(seed: seed)
            let world = RunWorld([posting(.report)], seed: seed) { options in
                options.duration = .milliseconds(300_000)
                options.once = false
            }
            world.answer = { _, _ in
                let fails = Int.random(in: 0..<4, using: &chance) == 0
                return (fails ? .failure(Self.down) : .success(HTTPResponse(status: 200)), Int64(seed) * 7 + 1)
            }
            world.isAway = { $0 < 100_000 && ($0 / 1000) % 7 == Int64(seed % 7) }
            world.enqueue(200)
            _ = try #require(world.run())
            return world
        }
        let (world, again) = (try simulate(), try simulate())
        #expect(world.report?.done == 200 && world.report?.dead == 0 && world.report?.end == .finished)
        #expect(Set(world.endings.filter({ $0.delay == nil }).map(\.job.id)).count == 200)
        // The same seed is the same run.
        #expect(world.sent.map(\.job) == again.sent.map(\.job) && world.now == again.now)
    }
}
