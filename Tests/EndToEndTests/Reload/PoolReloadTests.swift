import JSON
import Patience
import Platform
import StackSuite
import Testing

/// Pools of spawn-fcgi that no supervisor keeps: `hookledger reload` finds them by their files of process ids.
@Suite(.place) struct PoolReloadTests {
    @Test func poolsAreFoundByTheirFilesOfProcessIDs() throws {
        let host = try SpoolHost()
        defer { host.end() }
        let pools = try ["ingest", "api"].map { try host.startPool($0) }
        defer { for pool in pools { _ = ChildProcess.Signal.kill.send(to: pool.pid) } }
        let files = pools.flatMap { ["--pid-file", $0.file] }
        func reload() throws -> (ChildOutput, [Int: String]) {
            let output = try host.tool(["reload", "--json"] + files)
            let rows = try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
            let outcomes = rows.map { (Int($0["pid"]?.text ?? "") ?? 0, $0["outcome"]?.string ?? "") }
            return (output, Dictionary(outcomes) { first, _ in first })
        }
        var (output, answers) = try reload()
        #expect(output.succeeded, "\(output.errorText)")
        // Those that have a file, and the one that has only reported to the database.
        #expect(pools.allSatisfy { answers[Int($0.pid)] == "used" })
        let responder = Int(try host.responderPID())
        // It reports a moment after its start, which may be now.
        #expect(
            try eventually {
                if answers[responder] == "used" { return true }
                (output, answers) = try reload()
                return false
            }, "\(answers)")

        // An old file may name a process of somebody else.
        try Files.write(pools[1].file, text: "\(HostName.pid)\n")
        let (again, others) = try reload()
        #expect(again.succeeded && others[Int(HostName.pid)] == nil)
        #expect(try host.tool(["reload", "--pid-file", host.folder + "/missing.pid"]).status == .exited(70))
    }
}
