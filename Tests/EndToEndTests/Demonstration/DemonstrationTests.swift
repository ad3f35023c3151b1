import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// What `make run` starts when everything is built: `hookledger up --foreground --demo`.
@Suite(.place) struct DemonstrationTests {
    @Test func showsTheStateOfAnOrderAndLeavesNothingRunning() throws {
        try TestStack.inFolder { folder in
            let first = try demonstrate(folder)
            for line in [
                #/received  POST /webhook/tiktok → 200 {"success":true,.*"order_id":"demo-\d+"}/#,
                #/stored    order demo-\d+, status AWAITING_SHIPMENT, total 49\.98/#,
                #/done      ops: done, \d+ ms after the order was received/#,
                #/Slack     the stand-in for Slack received: New order: demo-\d+/#,
                #/https  https://localhost:\d+ /#,
                #/psql "\$HOOKLEDGER_READER" -c 'select /#,
                #/Stopped\. The data stays in /tmp//#,
            ] { #expect(try line.firstMatch(in: first) != nil, "\(first)") }
            #expect(!first.contains("in all"))
            #expect(try demonstrate(folder).contains("in all    2 orders"))
        }
    }

    /// What it prints until it is interrupted, some time after it has shown all.
    private func demonstrate(_ folder: String) throws -> String {
        let tool = try TestStack.options(folder).programs.tool
        let output = folder + "/output"
        try Files.remove(output)
        var variables = ["HOOKLEDGER_HTTPS_PORT": "0", "HOOKLEDGER_HTTP_PORT": "0"]
        variables["PATH"] = Environment.value(of: "PATH")
        let process = try ChildProcess.spawn(
            ChildCommand(
                [tool, "up", "--foreground", "--demo", "--folder", folder + "/run"], environment: variables,
                output: .file(output), errors: .file(output)))
        defer { process.terminate(grace: .seconds(60)) }
        // Its log shows the order, too.
        let isShown = try eventually {
            let text = Files.exists(output) ? try Files.readText(output) : ""
            return text.contains("Log (Ctrl-C to stop):") && text.contains("slack     ")
        }
        #expect(isShown)
        let processes = try TestStack.processes(StackFolder(folder + "/run")).values
            .compactMap { ProcessIdentity(of: $0) }
        #expect(processes.count >= 4)
        process.signal(.interrupt)
        #expect(process.wait(timeout: .seconds(patience)) == .exited(0))
        #expect(processes.allSatisfy { !$0.isAlive })
        #expect(LocalStack.running(in: StackFolder(folder + "/run")) == nil)
        return try Files.readText(output)
    }
}
