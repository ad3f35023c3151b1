import FaultSupport
import Glibc
import Platform
import Testing

@testable import Scaling

@Suite struct ScalingTests {
    static let costs = Costs(
        nginx: 40, responder: 60, postgres: 60, postgresBatch: 800, router: 60, flush: 1000, write: 9)

    /// Random arrivals at one core with an equal demand wait as the formula of Pollaczek and Khinchine says.
    @Test(arguments: [0.3, 0.5, 0.8])
    func aCoreThatIsBusyMakesOthersWaitAsTheTheorySays(load: Double) {
        let timeline = Timeline()
        let machine = Machine(cores: 1, timeline: timeline)
        var random = SplitMix64(seed: 3)
        var moment = 0.0
        var waits = 0.0
        let (count, demand) = (200_000, 100.0)
        for _ in 0..<count {
            moment += -demand / load * log(Double.random(in: 0x1p-53..<1, using: &random))
            let begin = moment
            timeline.after(begin) { machine.use(demand) { waits += timeline.now - begin - demand } }
        }
        timeline.run(until: .infinity)
        let expected = load / (2 * (1 - load)) * demand
        #expect(abs(waits / Double(count) / expected - 1) < 0.05)
        #expect(machine.used == Double(count) * demand)
    }

    @Test func aLongTaskSharesTheCoreWithShortOnes() {
        let timeline = Timeline()
        let machine = Machine(cores: 1, timeline: timeline)
        var ends: [Double] = []
        machine.use(10_000) { ends.append(timeline.now) }
        machine.use(100) { ends.append(timeline.now) }
        timeline.run(until: .infinity)
        #expect(ends == [1100, 10_100])
    }

    @Test func aFlushTakesAllThatWait() {
        let timeline = Timeline()
        let log = WriteAheadLog(timeline: timeline, latency: 1000, microsecondsPerDelivery: 10)
        var ends: [Double] = []
        for _ in 0..<3 { log.flush(deliveries: 10) { ends.append(timeline.now) } }
        timeline.run(until: .infinity)
        #expect(ends == [1100, 2300, 2300])
    }

    /// Little's law: what is under way is the rate times the time that each takes.
    @Test func connectionsAreTheRateTimesTheLatency() {
        let layout = Layout(fronts: 2, cells: 2, coresOfFront: 4, coresOfCell: 4)
        let result = Queueing(layout: layout, costs: Self.costs, load: .connections(200)).run(seconds: 2)
        #expect(abs(result.perSecond * result.p50 / 1e6 / 200 - 1) < 0.1)
    }

    @Test func aRateBelowTheLimitIsTakenAndOneAboveIsNot() {
        let layout = Layout(fronts: 1, cells: 1, coresOfFront: 4, coresOfCell: 4)
        let taken = Queueing(layout: layout, costs: Self.costs, load: .rate(5000)).run(seconds: 2)
        #expect(abs(taken.perSecond / 5000 - 1) < 0.05)
        #expect(abs(taken.cell - 5000 / 1e6 * taken.postgres / 4) < 0.01)
        // Four cores of the host cannot take more than this.
        let most = 4e6 / (Self.costs.nginx + Self.costs.responder)
        let full = Queueing(layout: layout, costs: Self.costs, load: .rate(3 * most)).run(seconds: 1)
        #expect(full.perSecond < most)
    }

    @Test func theSameSeedGivesTheSameRun() {
        let layout = Layout(fronts: 2, routers: 1, cells: 3, coresOfFront: 2, coresOfRouter: 2, coresOfCell: 2)
        let runs = (0..<2).map { _ in
            Queueing(layout: layout, costs: Self.costs, load: .rate(3000), seed: 7).run(seconds: 1)
        }
        #expect(runs[0].perSecond == runs[1].perSecond && runs[0].p99 == runs[1].p99)
    }

    /// The page of the benchmarks has the lines that the model reads.
    @Test func theFiguresOfTheBenchmarksAreRead() throws {
        let path = String(#filePath.dropLast("Tests/ScalingTests/ScalingTests.swift".count)) + "docs/BENCHMARKS.md"
        let line = try Measured.line("even load", in: Files.readText(path), path: path)
        #expect(line.perSecond > 0 && line.postgres > 0 && line.p99 > line.p50)
        #expect(throws: Measured.Missing.self) { try Measured.line("no such load", in: "| a | 1 |", path: path) }
    }

    /// The model and four cells that were measured.
    @Test func theModelRepeatsTheMeasuredCells() throws {
        let path = String(#filePath.dropLast("Tests/ScalingTests/ScalingTests.swift".count)) + "docs/scaling.md"
        let check = try CellCheck(text: Files.readText(path), path: path, batch: 750)
        #expect(check.cases.map(\.name) == ["one database", "four cells"])
        for load in check.cases {
            #expect(abs(load.model / load.measured - 1) < CellCheck.error, "\(load)")
        }
        #expect(check.router > 0)
        #expect(throws: CellFigure.Missing.self) { try CellCheck(text: "| a | 1 |", path: path, batch: 750) }
    }

    /// Without what a cell costs more, and without its router, the model would not repeat them.
    @Test func cellsCostWhatTheFiguresSay() {
        let layout = Layout(fronts: 1, cells: 4, coresOfFront: 2, coresOfCell: 2, isOneMachine: true)
        var costs = Self.costs
        costs.flush = 0
        let cheap = Queueing(layout: layout, costs: costs, load: .connections(2048)).run(seconds: 2)
        costs.cell = 100
        let dear = Queueing(layout: layout, costs: costs, load: .connections(2048)).run(seconds: 2)
        #expect(abs(dear.postgres - cheap.postgres - 100) < 1 && dear.perSecond < cheap.perSecond)
    }

    @Test func ratesHaveThreeDigitsThatCount() {
        #expect(Row.rate(6214) == "6,210")
        #expect(Row.rate(999_600) == "1,000,000")
        #expect(Row.rate(45) == "45")
    }
}
