import Glibc
import LoadClient
import LocalStack
import Platform
import Testing

/// The shipped cron line under the real cron daemon.
@Suite struct CronTests {
    /// Namespaces are root's, and not every container lets even root make them.
    private static let canUnshare: Bool = {
        let namespaces = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "true"]
        return geteuid() == 0 && (try? ChildProcess.run(ChildCommand(namespaces)))?.succeeded == true
    }()

    @Test(.enabled(if: canUnshare, "needs root and unshare(1), so that cron sees none of this machine's files"))
    func theShippedCronLineDoesTheJob() async throws {
        try await TestStack.inFolder { folder in
            var options = try TestStack.options(folder)
            try TestStack.useRealPrograms(&options)
            let batch = try #require(options.programs.batch)
            // Cron is the only one that starts it.
            options.programs.batch = nil
            let stack = try LocalStack(options)
            defer { stack.stop() }
            // The batch processor will run as a user of its own.
            try Files.setMode(try PostgresCluster(folder: folder).layout.sockets, 0o755)

            let away = try Files.makeTemporaryFolder("hl-cron", mode: 0o711)
            defer { try? Files.remove(away) }
            try Files.makeFolder(away + "/config")
            for file in [stack.folder.configuration, stack.folder.secrets] {
                let name = try #require(file.split(separator: "/").last)
                try Files.write("\(away)/config/\(name)", try Files.read(file), mode: 0o640)
            }
            let syslog = try SyslogSocket(path: away + "/log")
            let root = try Executable.share(of: #filePath)
            let cron = try ChildProcess.spawn(
                ChildCommand([
                    "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                    root + "/Tests/Support/cron-namespace", away, batch, root + "/packaging/cron.d/hookledger",
                ]))
            // The kernel ends what runs in the namespace, cron and its jobs, with its first process.
            defer { cron.terminate(with: .kill) }

            let shop = try Shop(stack)
            #expect(try shop.send(.guide("by-cron", "AWAITING_SHIPMENT", at: Shop.now, amount: "1")).status == 200)
            let log = "select action, outcome from job_log where order_id = 'by-cron'"
            let isDone = try await StackBooks(stack).eventually(log, are: ["ops|done"], withinSeconds: 100)
            #expect(isDone, "cron wrote: \(syslog.messages)")
            let isLogged = TestStack.eventually {
                syslog.messages.contains {
                    $0.contains("hookledger-batch: {") && $0.contains("Webhook processed successfully")
                }
            }
            #expect(isLogged, "\(syslog.messages)")
            #expect(syslog.messages.contains { $0.contains("(hookledger) CMD (/usr/bin/hookledger-batch --for 65s") })
            #expect(cron.isRunning)
        }
    }
}
