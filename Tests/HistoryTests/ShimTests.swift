import LocalStack
import Platform
import TestThreads
import Testing

@testable import Chaos

/// The library that moves clocks and fails calls on files.
@Suite(.blocking) final class ShimTests {
    private let folder: String
    private let shims: Shims

    init() throws {
        folder = try Files.makeTemporaryFolder()
        let source = try Executable.share(of: Executable.current()) + "/Tests/Chaos/Shim/faults.c"
        shims = try Shims(folder + "/shim", source: source)
    }

    deinit { try? Files.remove(folder) }

    private func run(_ arguments: String...) throws -> ChildOutput {
        let environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
            .merging(shims.batch.environment(shims.library)) { own, _ in own }
        return try ChildProcess.run(ChildCommand(arguments, environment: environment))
    }

    @Test func theClockOfOneProgramMoves() throws {
        let step: Int64 = 120 * 86_400
        for seconds in [step, -step, 0] {
            shims.batch.moveClock(seconds: seconds)
            let shown = try #require(Int64(run("date", "+%s").text.split(separator: "\n").first ?? ""))
            #expect(abs(shown - SystemClock.wallMicroseconds() / 1_000_000 - seconds) < 60)
        }
    }

    @Test func eachPlaceFailsOnceWithItsError() throws {
        func write() throws -> ChildOutput { try run("dd", "if=/dev/zero", "of=\(folder)/out", "bs=1", "count=2") }
        #expect(try write().succeeded)
        var faults = FileFaults()
        let programs = [(program: "dd", shim: shims.batch)]
        var texts = ""
        while let fault = faults.next(programs) {
            let before = shims.batch.fired
            shims.batch.arm(fault.site, fault.error)
            let output = try write()
            faults.note(fault, happened: shims.batch.fired == before + 1)
            #expect(!output.succeeded, "\(fault)")
            texts += output.errorText
            // Once, and no more.
            #expect(try write().succeeded)
        }
        #expect(faults.done.count >= 4 && faults.done.count == faults.all(programs).count)
        #expect(texts.contains("No space left") && texts.contains("Input/output error"))
    }
}
