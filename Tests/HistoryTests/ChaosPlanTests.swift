import FaultSupport
import Testing

@testable import Chaos

/// The list of blows.
@Suite struct ChaosPlanTests {
    private func kinds(_ arguments: String...) throws -> [String] {
        try Plan(FaultOptions(arguments, .chaos), disks: Disks()).blows.map(\.kind)
    }

    @Test func aSeedRepeatsItsList() throws {
        let first = try kinds("--seed", "7", "--blows", "200")
        #expect(first.count == 200)
        #expect(try kinds("--seed", "7", "--blows", "200") == first)
        #expect(try kinds("--seed", "8", "--blows", "200") != first)
    }

    @Test func theShortFormHasEachKindOnce() throws {
        let quick = try kinds("--quick")
        #expect(Set(quick).count == quick.count && quick.count >= Blow.all.count { $0.need == .nothing })
        #expect(try Set(kinds("--blows", "1000")) == Set(quick))
    }

    @Test func kindsAreChosenByPartsOfTheirNames() throws {
        #expect(try Set(kinds("--only", "nginx,+1 h", "--blows", "30")).count == 4)
    }

    @Test(arguments: [
        ["--blows"], ["--seed", "x"], ["--blow", "1"], ["quick"], ["--only"], ["--only", "nginx", "--record", "page"],
    ])
    func otherArgumentsAreRefused(arguments: [String]) {
        #expect(throws: FaultOptions.Usage.self) { try FaultOptions(arguments, .chaos) }
    }

    @Test func aProgramTakesTheOptionsOfItsForm() throws {
        let form = FaultOptions.Form(counted: "kills", usual: 9, quick: 2, parts: ["cost"])
        #expect(try FaultOptions([], form).count == 9 && FaultOptions(["--quick"], form).count == 2)
        #expect(try FaultOptions(["--quick", "--kills", "5", "--only", "cost"], form).count == 5)
        for words in [["--blows", "1"], ["--list"], ["--only", "load"]] {
            #expect(throws: FaultOptions.Usage.self) { try FaultOptions(words, form) }
        }
    }

    @Test func whatWasLostOrDidNotRecoverIsNoSuccess() {
        var report = ChaosReport(seed: 1)
        report.blows.note("kill", recovery: 0.5, hit: true)
        report.blows.note("kill", recovery: nil, hit: false)
        #expect(report.isGood && report.blows.count == 1)
        report.blows.note("kill", recovery: nil, hit: true)
        #expect(!report.isGood)
    }
}
