import Patience
import Platform
import Testing

@Suite struct ChildProcessLifeLineTests {
    @Test func droppingTheLineEndsTheProcessAndRemovesItsFiles() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.makeFolder(folder + "/data/deep")
        let child = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
        defer { child.terminate() }
        do {
            let line = try LifeLine(ending: child.pid, removing: [folder + "/data"])
            #expect(child.wait(timeout: .milliseconds(200)) == nil)
            withExtendedLifetime(line) {}
        }
        #expect(child.wait(timeout: .seconds(patience)) == .signalled(3))
        let gone = (0..<300).contains { _ in
            if !Files.exists(folder + "/data") { return true }
            _ = try? ChildProcess.run(ChildCommand(["sleep", "0.05"]))
            return false
        }
        #expect(gone)
    }

    @Test func aCutLineLetsTheProcessLive() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let child = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
        defer { child.terminate() }
        do {
            let line = try LifeLine(ending: child.pid, removing: [folder])
            line.cut()
            line.cut()
        }
        #expect(child.wait(timeout: .milliseconds(500)) == nil)
        #expect(Files.exists(folder))
    }
}
